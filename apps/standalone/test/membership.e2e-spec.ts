import { codeOf, type ChatClient, type TestUser } from '@parley/harness';
import { describe, expect, it, vi } from 'vitest';
import { range, seqsOf } from './entries.js';
import { serverUnderTest } from './server-under-test.js';

const server = serverUnderTest();

describe('A member who was removed and added again', () => {
  const VISIBLE = [...range(1, 5), ...range(9, 12)];

  /** seq 1 created, 2-4 messages, 5 bob removed, 6-8 messages, 9 bob added, 10-12 messages. */
  async function story(): Promise<{
    id: string;
    alice: TestUser;
    bob: TestUser;
    phone: ChatClient;
    laptop: ChatClient;
  }> {
    const [alice, bob] = await server.users('alice', 'bob');
    const [hers, phone, laptop] = await Promise.all([alice.online(), bob.online('phone'), bob.online('laptop')]);
    const { conversation_id: id } = await alice.api.createGroup('In and out', [bob.userId]);
    const chat = async (): Promise<void> => {
      for (const n of range(1, 3)) await hers.send(id, `message ${n}`);
    };
    await laptop.untilAcknowledged(id, 1);
    laptop.disconnect();
    await chat();
    await alice.api.removeMember(id, bob.userId);
    await chat();
    await alice.api.addMember(id, bob.userId);
    await chat();
    await phone.untilShown(id, 12);
    return { id, alice, bob, phone, laptop };
  }

  it('sees only the own intervals: live, after a sync, by pull and in history', async () => {
    const { id, alice, bob, phone, laptop } = await story();
    expect(seqsOf(phone.timeline.of(id))).toEqual(VISIBLE);
    await laptop.connect().untilShown(id, 12);
    expect(seqsOf(laptop.timeline.of(id))).toEqual(VISIBLE);

    const pulled = await phone.pull(id, 0);
    expect(pulled).toMatchObject({ ok: true, to_seq: 12, has_more: false });
    expect(pulled.ok && seqsOf(pulled.messages)).toEqual(VISIBLE);
    expect(seqsOf(await bob.api.wholeHistory(id))).toEqual(VISIBLE);
    expect(seqsOf(await alice.api.wholeHistory(id))).toEqual(range(1, 12));
  });

  it('pulls over the gap in small steps without ever standing still', async () => {
    const { id, phone } = await story();
    const seen: number[] = [];
    for (let after = 0, more = true; more;) {
      const page = await phone.pull(id, after, 2);
      if (!page.ok) throw new Error(page.error.code);
      if (page.has_more) expect(page.to_seq).toBeGreaterThan(after);
      seen.push(...seqsOf(page.messages));
      after = page.to_seq;
      more = page.has_more;
    }
    expect(seen).toEqual(VISIBLE);
    expect(await phone.pull(id, 12)).toEqual({ ok: true, messages: [], to_seq: 12, has_more: false });
  });

  it('counts as unread only what came since the return', async () => {
    const { id, bob } = await story();
    await vi.waitFor(async () => expect(await bob.api.conversation(id)).toMatchObject({ unread_count: 3 }), 2_000);
  });
});

describe('Someone who is no member any more', () => {
  it('gets nothing and can do nothing after the answer to the removal, but reads what was there before', async () => {
    const [alice, bob] = await server.users('alice', 'bob');
    const [hers, his] = await Promise.all([alice.online(), bob.online()]);
    const { conversation_id: id } = await alice.api.createGroup('Out', [bob.userId]);
    await hers.send(id, 'for both');
    await alice.api.removeMember(id, bob.userId);

    expect(codeOf(await his.send(id, 'I am still here'))).toBe('not_found');
    await hers.send(id, 'for me alone');
    await hers.untilShown(id, 4);
    expect((await bob.api.request('GET', `/conversations/${id}`)).status).toBe(404);
    expect((await bob.api.inbox()).items).toEqual([]);
    expect(seqsOf(await bob.api.wholeHistory(id))).toEqual([1, 2, 3]);
    expect(await his.pull(id, 0)).toMatchObject({ ok: true, to_seq: 3, has_more: false });

    const tablet = await bob.online('tablet');
    await tablet.synced();
    expect(seqsOf(his.timeline.of(id))).toEqual([1, 2, 3]);
    expect(seqsOf(tablet.timeline.of(id)).every((seq) => seq <= 3)).toBe(true);
  });

  it('left by own will', async () => {
    const [alice, bob] = await server.users('alice', 'bob');
    const { conversation_id: id } = await alice.api.createGroup('Leaving', [bob.userId]);
    await bob.api.removeMember(id, bob.userId);
    const [newest] = (await alice.api.history(id)).items;
    expect(newest).toMatchObject({ seq: 2, change: 'member_left', user_id: bob.userId, sender_id: bob.userId });
    expect(await alice.api.conversation(id)).toMatchObject({ member_count: 1 });
  });
});

describe('The rights in a group', () => {
  it('let only the owner rename, add and remove', async () => {
    const [alice, bob, carol] = await server.users('alice', 'bob', 'carol');
    const { conversation_id: id } = await alice.api.createGroup('Mine', [bob.userId]);
    const attempts = [
      await bob.api.request('PATCH', `/groups/${id}`, { body: { title: 'His' } }),
      await bob.api.request('PUT', `/groups/${id}/members/${carol.userId}`, { body: {} }),
      await bob.api.request('DELETE', `/groups/${id}/members/${alice.userId}`),
      await carol.api.request('PATCH', `/groups/${id}`, { body: { title: 'Hers' } }),
    ];
    expect(attempts.map(({ status }) => status)).toEqual([403, 403, 403, 404]);
    expect((await alice.api.conversation(id)).last_seq).toBe(1);
  });

  it('keep the owner in, add nobody twice and remove nobody who is not there', async () => {
    const [alice, bob, carol] = await server.users('alice', 'bob', 'carol');
    const { conversation_id: id } = await alice.api.createGroup('Mine');
    const path = `/groups/${id}/members`;
    const first = await alice.api.request('PUT', `${path}/${bob.userId}`, { body: {} });
    const second = await alice.api.request('PUT', `${path}/${bob.userId}`, { body: {} });
    const stranger = await alice.api.request('DELETE', `${path}/${carol.userId}`);
    const unknown = await alice.api.request('PUT', `${path}/4711`, { body: {} });
    const leaving = await alice.api.request('DELETE', `${path}/${alice.userId}`);
    expect([first, second, stranger, unknown, leaving].map(({ status }) => status)).toEqual([201, 200, 404, 404, 409]);
    expect((await alice.api.conversation(id)).last_seq).toBe(2);
  });
});
