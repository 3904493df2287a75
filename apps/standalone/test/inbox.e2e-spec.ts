import { describe, expect, it, vi } from 'vitest';
import { range, seqsOf, textsOf } from './entries.js';
import { serverUnderTest } from './server-under-test.js';

type Query = Record<string, string | number>;

/** Inbox and unread follow within 2 s. */
const SOON = { timeout: 2_000, interval: 50 };

const server = serverUnderTest();

describe('The inbox', () => {
  it('counts the messages of others above the read mark, the same for all devices', async () => {
    const [alice, bob] = await server.users('alice', 'bob');
    const hers = await alice.online();
    const { conversation_id: id } = await alice.api.direct(bob.userId);
    for (const n of range(1, 5)) await hers.send(id, `message ${n}`);

    await vi.waitFor(async () => {
      expect(await bob.api.conversation(id)).toMatchObject({ unread_count: 5, read_seq: 0, last_seq: 6 });
    }, SOON);
    expect(await bob.api.read(id, 4)).toEqual({ conversation_id: id, read_seq: 4, unread_count: 2 });
    await vi.waitFor(async () => {
      const [mine] = (await bob.api.inbox()).items;
      expect(mine).toMatchObject({ conversation_id: id, unread_count: 2, read_seq: 4, last_seq: 6 });
      expect(mine.last_message).toMatchObject({ seq: 6, content: { type: 'text', text: 'message 5' } });
    }, SOON);
    expect(await alice.api.conversation(id)).toMatchObject({ unread_count: 0 });
  });

  it('takes a read mark only upwards and not above the head', async () => {
    const [alice, bob] = await server.users('alice', 'bob');
    const { conversation_id: id } = await alice.api.direct(bob.userId);
    for (const n of range(1, 3)) await alice.api.send(id, { type: 'text', text: `message ${n}` });

    expect(await bob.api.read(id, 4)).toMatchObject({ read_seq: 4, unread_count: 0 });
    expect(await bob.api.read(id, 2)).toMatchObject({ read_seq: 4, unread_count: 0 });
    const above = await bob.api.request('PUT', `/conversations/${id}/read`, { body: { seq: 5 } });
    expect([above.status, above.body]).toMatchObject([400, { code: 'validation_failed' }]);
  });

  it('counts an own send as having read what came before it', async () => {
    const [alice, bob] = await server.users('alice', 'bob');
    const [hers, his] = await Promise.all([alice.online(), bob.online()]);
    const { conversation_id: id } = await alice.api.direct(bob.userId);
    for (const n of range(1, 3)) await hers.send(id, `question ${n}`);
    await his.send(id, 'answer');
    await hers.send(id, 'thanks');
    await vi.waitFor(async () => {
      expect(await bob.api.conversation(id)).toMatchObject({ unread_count: 1, read_seq: 5 });
    }, SOON);
  });

  it('does not count changes of the conversation as messages', async () => {
    const [alice, bob] = await server.users('alice', 'bob');
    const { conversation_id: id } = await alice.api.createGroup('One', [bob.userId]);
    await alice.api.rename(id, 'Two');
    await alice.api.send(id, { type: 'text', text: 'only me' });
    await vi.waitFor(async () => {
      expect(await bob.api.conversation(id)).toMatchObject({ unread_count: 1, last_seq: 3 });
    }, SOON);
  });

  it('lists conversations by their newest message, page by page, each once', async () => {
    const [alice, bob, carol, dave] = await server.users('alice', 'bob', 'carol', 'dave');
    const ids: string[] = [];
    for (const peer of [bob, carol, dave]) ids.push((await alice.api.direct(peer.userId)).conversation_id);
    for (const id of [ids[1], ids[2], ids[0]]) await alice.api.send(id, { type: 'text', text: 'news' });

    await vi.waitFor(async () => {
      const all = (await alice.api.inbox()).items.map(({ conversation_id }) => conversation_id);
      expect(all).toEqual([ids[0], ids[2], ids[1]]);
    }, SOON);
    const first = await alice.api.inbox({ limit: 2 });
    const rest = await alice.api.inbox({ limit: 2, cursor: first.next_cursor ?? '' });
    expect([...first.items, ...rest.items].map(({ peer }) => peer?.user_id)).toEqual([
      bob.userId,
      dave.userId,
      carol.userId,
    ]);
    expect(rest.next_cursor).toBeNull();
  });

  it("refuses a cursor of somebody else's list", async () => {
    const [alice, bob, carol] = await server.users('alice', 'bob', 'carol');
    await alice.api.direct(bob.userId);
    await alice.api.direct(carol.userId);
    const { next_cursor } = await alice.api.inbox({ limit: 1 });
    for (const cursor of [next_cursor ?? '', 'garbage']) {
      const answer = await bob.api.request('GET', '/conversations', { query: { cursor } });
      expect([answer.status, answer.body]).toMatchObject([400, { code: 'invalid_cursor' }]);
    }
  });
});

describe('History', () => {
  it('is read newest first, and goes on in both directions without a repetition', async () => {
    const [alice, bob] = await server.users('alice', 'bob');
    const hers = await alice.online();
    const { conversation_id: id } = await alice.api.direct(bob.userId);
    for (const n of range(1, 24)) await hers.send(id, `message ${n}`);

    const newest = await bob.api.history(id, { limit: 10 });
    expect(seqsOf(newest.items)).toEqual(range(16, 25).toReversed());
    const older = await bob.api.history(id, { limit: 10, before: newest.before ?? '' });
    expect(seqsOf(older.items)).toEqual(range(6, 15).toReversed());
    const oldest = await bob.api.history(id, { limit: 10, before: older.before ?? '' });
    expect(seqsOf(oldest.items)).toEqual(range(1, 5).toReversed());
    expect(oldest.before).toBeNull();

    const newer = await bob.api.history(id, { limit: 200, after: oldest.after ?? '' });
    expect(seqsOf(newer.items)).toEqual(range(6, 25));
    await hers.send(id, 'one more');
    const latest = await bob.api.history(id, { after: newest.after ?? '' });
    expect(textsOf(latest.items)).toEqual(['one more']);
  });

  it('contains a message as soon as it is accepted', async () => {
    const [alice, bob] = await server.users('alice', 'bob');
    const hers = await alice.online();
    const { conversation_id: id } = await alice.api.direct(bob.userId);
    for (const n of range(1, 20)) {
      const answer = await hers.send(id, `message ${n}`);
      const { items } = await bob.api.history(id, { limit: 1 });
      expect(items[0].message_id).toBe(answer.ok && answer.message_id);
    }
  });

  it('refuses both directions at once and limits outside 1 to 200', async () => {
    const [alice, bob] = await server.users('alice', 'bob');
    const { conversation_id: id } = await alice.api.direct(bob.userId);
    const { before, after } = await alice.api.history(id);
    const path = `/conversations/${id}/messages`;
    for (const query of [{ limit: 0 }, { limit: 201 }, { limit: 'x' }, { limit: 1.5 }, { unknown: 1 }] as Query[]) {
      const answer = await alice.api.request('GET', path, { query });
      expect([answer.status, answer.body]).toMatchObject([400, { code: 'validation_failed' }]);
    }
    const both = await alice.api.request('GET', path, { query: { before: before ?? 'x', after: after ?? 'x' } });
    expect(both.status).toBe(400);
  });
});
