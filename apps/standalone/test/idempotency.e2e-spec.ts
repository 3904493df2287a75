import { randomUUID } from 'node:crypto';
import { codeOf, type SendRequest } from '@parley/harness';
import { describe, expect, it } from 'vitest';
import { range, seqsOf, textsOf } from './entries.js';
import { serverUnderTest } from './server-under-test.js';

const text = (value: string) => ({ type: 'text', text: value }) as const;

const server = serverUnderTest();

describe('A send that is repeated', () => {
  it('is answered the same and delivered once', async () => {
    const [alice, bob] = await server.users('alice', 'bob');
    const [hers, his] = await Promise.all([alice.online(), bob.online()]);
    const { conversation_id: id } = await alice.api.direct(bob.userId);
    const client_msg_id = randomUUID();

    const first = await hers.send(id, 'once', { client_msg_id });
    const again = await hers.send(id, 'once', { client_msg_id: client_msg_id.toUpperCase() });
    await hers.send(id, 'afterwards');
    await his.untilShown(id, 3);

    expect(first).toMatchObject({ ok: true, client_msg_id, seq: 2 });
    expect(again).toEqual(first);
    expect(textsOf(his.timeline.of(id))).toEqual(['once', 'afterwards']);
  });

  it('shares its key between socket and REST: 201 the first time, 200 after that', async () => {
    const [alice, bob] = await server.users('alice', 'bob');
    const hers = await alice.online();
    const { conversation_id: id } = await alice.api.direct(bob.userId);
    const path = `/conversations/${id}/messages`;
    const post = (key: string) =>
      alice.api.request('POST', path, { headers: { 'idempotency-key': key }, body: { content: text('once') } });

    const bySocketFirst = randomUUID();
    const emitted = await hers.send(id, 'once', { client_msg_id: bySocketFirst });
    const repeated = await post(bySocketFirst);
    expect(repeated.status).toBe(200);
    expect({ ok: true, ...(repeated.body as object) }).toEqual(emitted);

    const byRestFirst = randomUUID();
    const created = await post(byRestFirst);
    expect(created.status).toBe(201);
    expect((await post(byRestFirst)).status).toBe(200);
    expect(await hers.send(id, 'once', { client_msg_id: byRestFirst })).toEqual({
      ok: true,
      ...(created.body as object),
    });
    expect((await alice.api.conversation(id)).last_seq).toBe(3);
  });

  it('is one message when twenty copies come at the same moment over two sockets and REST', async () => {
    const [alice, bob] = await server.users('alice', 'bob');
    const [phone, laptop] = await Promise.all([alice.online('phone'), alice.online('laptop')]);
    const { conversation_id: id } = await alice.api.direct(bob.userId);
    const client_msg_id = randomUUID();
    const answers = await Promise.all([
      ...range(1, 8).map(() => phone.send(id, 'once', { client_msg_id })),
      ...range(1, 8).map(() => laptop.send(id, 'once', { client_msg_id })),
      ...range(1, 4).map(() => alice.api.send(id, text('once'), client_msg_id)),
    ]);
    const ids = new Set(answers.map((answer) => ('message_id' in answer ? answer.message_id : answer)));
    expect(ids.size).toBe(1);
    expect(seqsOf(await alice.api.wholeHistory(id))).toEqual([1, 2]);
  });

  it('is a conflict with other content, answer, thread or mentions, and the first one stays', async () => {
    const [alice, bob] = await server.users('alice', 'bob');
    const hers = await alice.online();
    const { conversation_id: id } = await alice.api.direct(bob.userId);
    const target = await hers.send(id, 'target');
    const message_id = target.ok ? target.message_id : '';
    const client_msg_id = randomUUID();
    await hers.send(id, 'first', { client_msg_id });

    for (const [content, more] of [
      ['second', {}],
      ['first', { reply_to: message_id }],
      ['first', { thread_id: message_id }],
      ['first', { mentions: [bob.userId] }],
    ] satisfies [string, Partial<SendRequest>][]) {
      expect(codeOf(await hers.send(id, content, { ...more, client_msg_id }))).toBe('conflict');
    }
    const overRest = await alice.api.request('POST', `/conversations/${id}/messages`, {
      headers: { 'idempotency-key': client_msg_id },
      body: { content: text('third') },
    });
    expect([overRest.status, overRest.body]).toMatchObject([409, { code: 'conflict' }]);
    expect(await hers.send(id, 'first', { client_msg_id })).toMatchObject({ ok: true, seq: 3 });
    expect((await alice.api.conversation(id)).last_seq).toBe(3);
  });

  it('is another message in another conversation and from another sender', async () => {
    const [alice, bob, carol] = await server.users('alice', 'bob', 'carol');
    const [hers, his] = await Promise.all([alice.online(), bob.online()]);
    const one = (await alice.api.direct(bob.userId)).conversation_id;
    const other = (await alice.api.direct(carol.userId)).conversation_id;
    const client_msg_id = randomUUID();
    const answers = await Promise.all([
      hers.send(one, 'hers', { client_msg_id }),
      hers.send(other, 'hers', { client_msg_id }),
      his.send(one, 'his', { client_msg_id }),
    ]);
    expect(new Set(answers.map((answer) => answer.ok && answer.message_id)).size).toBe(3);
  });

  it('may succeed after a refusal: a refused key is not remembered', async () => {
    const [alice, bob] = await server.users('alice', 'bob');
    const his = await bob.online();
    const { conversation_id: id } = await alice.api.createGroup('Later');
    const client_msg_id = randomUUID();
    expect(codeOf(await his.send(id, 'too early', { client_msg_id }))).toBe('not_found');
    await alice.api.addMember(id, bob.userId);
    expect(await his.send(id, 'now', { client_msg_id })).toMatchObject({ ok: true, seq: 3 });
  });
});
