import type { MessageBatch } from '@parley/contracts';
import { describe, expect, it } from 'vitest';
import { range, seqsOf, textsOf } from './entries.js';
import { standaloneUnderTest } from './server-under-test.js';

/** `{ok: true}` to an acknowledgement: its cursor is durable within this time. */
const CURSOR_DURABLE_MS = 200;

const server = standaloneUnderTest();

describe('A server that is killed and started again', () => {
  it('still has tokens, cursors, read marks, groups and messages', async () => {
    const [alice, bob] = await server.users('alice', 'bob');
    const [hers, his] = await Promise.all([alice.online(), bob.online()]);
    const { conversation_id: id } = await alice.api.createGroup('Lasting', [bob.userId]);
    for (const n of range(1, 5)) await hers.send(id, `message ${n}`);
    await his.untilAcknowledged(id, 6);
    his.disconnect();
    await bob.api.read(id, 3);
    for (const n of range(6, 9)) await hers.send(id, `message ${n}`);
    const before = await alice.api.wholeHistory(id);
    const usedRefreshToken = bob.api.refreshToken;
    await bob.api.refresh();
    await new Promise((resolve) => setTimeout(resolve, CURSOR_DURABLE_MS));

    await server.running.restart('SIGKILL');

    expect(await bob.api.call('GET', '/users/me')).toMatchObject({ user_id: bob.userId });
    expect(await bob.api.conversation(id)).toMatchObject({
      title: 'Lasting',
      member_count: 2,
      last_seq: 10,
      read_seq: 3,
      unread_count: 7,
    });
    expect(await alice.api.wholeHistory(id)).toEqual(before);
    await his.connect().synced();
    expect(his.session?.device_is_new).toBe(false);
    expect(his.received<MessageBatch>('message:batch', 2).flatMap(({ messages }) => seqsOf(messages))).toEqual(
      range(7, 10),
    );
    await hers.send(id, 'and on we go');
    await Promise.all([hers, his].map((client) => client.untilShown(id, 11)));
    expect(seqsOf(hers.timeline.of(id))).toEqual(range(1, 11));

    await bob.api.refresh();
    const reused = await bob.api.request('POST', '/auth/refresh', { body: { refresh_token: usedRefreshToken } });
    expect([reused.status, reused.body]).toMatchObject([401, { code: 'token_reused' }]);
  });

  it('has each send that was under way exactly once, and its answer is one of them', async () => {
    const [alice, bob] = await server.users('alice', 'bob');
    const [hers, his] = await Promise.all([alice.online(), bob.online()]);
    const { conversation_id: id } = await alice.api.direct(bob.userId);
    const answers = range(1, 300).map((n) => hers.send(id, `message ${n}`));
    await hers.untilShown(id, 2);
    await server.running.restart('SIGKILL');

    const sent = await Promise.all(answers);
    await Promise.all([hers, his].map((client) => client.untilShown(id, 301)));
    const history = await alice.api.wholeHistory(id);
    expect(seqsOf(history)).toEqual(range(1, 301));
    expect(new Set(textsOf(history)).size).toBe(300);
    expect(his.timeline.of(id)).toEqual(history);
    const names = sent.map((answer) => (answer.ok ? `${answer.seq} ${answer.message_id}` : answer.error.code));
    const stored = history.slice(1).map(({ seq, message_id }) => `${seq} ${message_id}`);
    expect(names.toSorted()).toEqual(stored.toSorted());
  });

  it('stops cleanly when it is asked to, telling its clients to come back', async () => {
    const [alice, bob] = await server.users('alice', 'bob');
    const hers = await alice.online();
    const { conversation_id: id } = await alice.api.direct(bob.userId);
    await hers.send(id, 'before');
    expect(await server.running.kill('SIGTERM')).toBe(0);
    await server.running.start();
    expect(await hers.send(id, 'after')).toMatchObject({ ok: true, seq: 3 });
  });
});
