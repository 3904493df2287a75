import type { EntryView } from '@parley/contracts';
import { codeOf, type ChatClient } from '@parley/harness';
import { describe, expect, it } from 'vitest';
import { range, seqsOf, textsOf } from './entries.js';
import { serverUnderTest } from './server-under-test.js';

const ID = /^[1-9][0-9]{0,18}$/;
const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;

const server = serverUnderTest();

describe('Two people who chat', () => {
  it('see each message once, in the same order, with the names that the sender was answered with', async () => {
    const [alice, bob] = await server.users('alice', 'bob');
    const [hers, his] = await Promise.all([alice.online(), bob.online()]);
    const { conversation_id: id } = await alice.api.direct(bob.userId);

    const hello = await hers.send(id, 'Hello Bob');
    const reply = await his.send(id, 'Hello Alice');
    await Promise.all([hers.untilShown(id, 3), his.untilShown(id, 3)]);

    expect(hello).toMatchObject({ ok: true, seq: 2 });
    expect(reply).toMatchObject({ ok: true, seq: 3 });
    expect(his.timeline.of(id)).toEqual(hers.timeline.of(id));
    expect(textsOf(his.timeline.of(id))).toEqual(['Hello Bob', 'Hello Alice']);
    const [, first] = his.timeline.of(id);
    expect(first).toMatchObject({
      kind: 'message',
      conversation_id: id,
      sender_id: alice.userId,
      content: { type: 'text', text: 'Hello Bob' },
      ...(hello.ok && { message_id: hello.message_id, client_msg_id: hello.client_msg_id, sent_at: hello.sent_at }),
    });
    expect(first.message_id).toMatch(ID);
    expect(first.sent_at).toMatch(TIME);
  });

  it('begin with the entry that names both, and find the same conversation from either side and at once', async () => {
    const [alice, bob] = await server.users('alice', 'bob');
    const his = await bob.online();
    const opened = await Promise.all([
      ...range(1, 4).map(() => alice.api.direct(bob.userId)),
      ...range(1, 4).map(() => bob.api.direct(alice.userId)),
    ]);
    const ids = new Set(opened.map(({ conversation_id }) => conversation_id));
    expect(ids.size).toBe(1);

    const [id] = ids;
    await his.untilShown(id, 1);
    const [created] = his.received<EntryView>('conversation:updated');
    expect(created).toMatchObject({ kind: 'update', change: 'created', seq: 1, client_msg_id: null });
    expect(new Set(created.user_ids)).toEqual(new Set([alice.userId, bob.userId]));
    expect(opened.map(({ kind, peer }) => [kind, peer?.handle])).toContainEqual(['direct', bob.handle]);
  });

  it('carry custom content, answers, threads and mentions unchanged', async () => {
    const [alice, bob] = await server.users('alice', 'bob');
    const [hers, his] = await Promise.all([alice.online(), bob.online()]);
    const { conversation_id: id } = await alice.api.direct(bob.userId);
    const text =
      'Zeile 1\r\n\tZeile 2 \u{1F468}\u{200D}\u{1F469}\u{200D}\u{1F467} e\u0301 \u202Ertl "quoted" \\ </script>';
    const data = { nested: { list: [1, 2.5, null, true, { text }] }, empty: '' };

    const first = await hers.send(id, { type: 'custom', data });
    const target = first.ok ? first.message_id : '';
    const more = { reply_to: target, thread_id: target, mentions: [bob.userId, '999999'] };
    await hers.send(id, text, more);
    await his.untilShown(id, 3);

    const [, custom, answer] = his.timeline.of(id);
    expect(custom.content).toEqual({ type: 'custom', data });
    expect(answer).toMatchObject({ content: { type: 'text', text }, ...more });
    const { items } = await bob.api.history(id);
    expect(items.toReversed()).toEqual(his.timeline.of(id));
  });

  it('refuse an answer to a message that is not there', async () => {
    const [alice, bob] = await server.users('alice', 'bob');
    const hers = await alice.online();
    const { conversation_id: id } = await alice.api.direct(bob.userId);
    expect(codeOf(await hers.send(id, 'Re:', { reply_to: '4711' }))).toBe('not_found');
    expect(codeOf(await hers.send(id, 'Thread', { thread_id: '4711' }))).toBe('not_found');
    expect((await alice.api.conversation(id)).last_seq).toBe(1);
  });

  it('both have every message on each of their devices', async () => {
    const [alice, bob] = await server.users('alice', 'bob');
    const devices = await Promise.all([
      alice.online('phone'),
      alice.online('laptop'),
      bob.online('phone'),
      bob.online('laptop'),
    ]);
    const { conversation_id: id } = await alice.api.direct(bob.userId);
    await devices[0].send(id, 'from the phone');
    await devices[1].send(id, 'from the laptop');
    await devices[2].send(id, 'got both');
    await Promise.all(devices.map((device) => device.untilShown(id, 4)));
    for (const device of devices) {
      expect(textsOf(device.timeline.of(id))).toEqual(['from the phone', 'from the laptop', 'got both']);
    }
  });

  it('are the only ones who can use the conversation', async () => {
    const [alice, bob, eve] = await server.users('alice', 'bob', 'eve');
    const [hers, evil] = await Promise.all([alice.online(), eve.online()]);
    const { conversation_id: id } = await alice.api.direct(bob.userId);
    await hers.send(id, 'secret');

    expect(codeOf(await evil.send(id, 'let me in'))).toBe('not_found');
    expect(codeOf(await evil.pull(id, 0))).toBe('not_found');
    for (const path of [`/conversations/${id}`, `/conversations/${id}/messages`, `/groups/${id}`]) {
      const foreign = await eve.api.request('GET', path);
      const absent = await eve.api.request('GET', path.replace(id, '4711'));
      expect([foreign.status, absent.status]).toEqual([404, 404]);
      expect(foreign.body).toMatchObject({ code: 'not_found', status: 404 });
    }
    expect((await eve.api.inbox()).items).toEqual([]);
    expect(evil.timeline.shown).toEqual([]);
  });
});

describe('A group', () => {
  it('shows its members every entry of it, with changes of title and membership in their places', async () => {
    const [alice, bob, carol] = await server.users('alice', 'bob', 'carol');
    const clients = await Promise.all([alice.online(), bob.online(), carol.online()]);
    const { conversation_id: id } = await alice.api.createGroup('Trip', [bob.userId]);
    await clients[1].send(id, 'Where to?');
    await alice.api.rename(id, 'Trip to Oslo');
    await alice.api.addMember(id, carol.userId);
    await clients[2].send(id, 'Hi all');
    await Promise.all(clients.map((client) => client.untilShown(id, 5)));

    const [hers] = clients;
    expect(hers.timeline.of(id).map(({ kind, change }) => change ?? kind)).toEqual([
      'created',
      'message',
      'title_changed',
      'member_joined',
      'message',
    ]);
    expect(hers.timeline.of(id)[2]).toMatchObject({ title: 'Trip to Oslo', sender_id: alice.userId });
    expect(hers.timeline.of(id)[3]).toMatchObject({ user_id: carol.userId, sender_id: alice.userId });
    expect(clients[1].timeline.of(id)).toEqual(hers.timeline.of(id));
    expect(clients[2].timeline.of(id)).toEqual(hers.timeline.of(id).slice(3));
    expect(await alice.api.conversation(id)).toMatchObject({ title: 'Trip to Oslo', member_count: 3, last_seq: 5 });
  });

  it('has one order on every socket and in history when 200 sends come at once from four sockets', async () => {
    const [alice, bob] = await server.users('alice', 'bob');
    const clients = await Promise.all([
      alice.online('phone'),
      alice.online('laptop'),
      bob.online('phone'),
      bob.online('laptop'),
    ]);
    const { conversation_id: id } = await alice.api.createGroup('Rush', [bob.userId]);
    const send = (client: ChatClient, who: number) => range(1, 50).map((n) => client.send(id, `${who}:${n}`));

    const answers = await Promise.all(clients.flatMap(send));
    await Promise.all(clients.map((client) => client.untilShown(id, 201)));

    const history = await alice.api.wholeHistory(id);
    expect(seqsOf(history)).toEqual(range(1, 201));
    for (const client of clients) expect(client.timeline.of(id)).toEqual(history);
    const answered = answers.map((answer) => (answer.ok ? `${answer.seq} ${answer.message_id}` : answer.error.code));
    const stored = history.slice(1).map(({ seq, message_id }) => `${seq} ${message_id}`);
    expect(answered.toSorted()).toEqual(stored.toSorted());
    // What one socket sent in order stays in that order.
    for (const who of range(0, 3)) {
      const own = textsOf(history).filter((text) => text.startsWith(`${who}:`));
      expect(own).toEqual(range(1, 50).map((n) => `${who}:${n}`));
    }
  });
});
