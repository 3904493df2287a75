import { codeOf, type ChatClient, type TestUser } from '@parley/harness';
import { describe, expect, it, vi } from 'vitest';
import { range, seqsOf } from './entries.js';
import { serverUnderTest } from './server-under-test.js';

const server = serverUnderTest();
const statuses = (answers: { status: number }[]) => answers.map(({ status }) => status);

describe('The roles in a group', () => {
  it('are handed over, told to everybody as entries, and judged by right after the answer', async () => {
    const [alice, bob, carol] = await server.users('alice', 'bob', 'carol');
    const [hers, his] = await Promise.all([alice.online(), bob.online()]);
    const { conversation_id: id } = await alice.api.createGroup('Ours', [bob.userId, carol.userId]);
    const member = (user: TestUser) => `/groups/${id}/members/${user.userId}`;
    const sent = await hers.send(id, 'by the owner');
    if (!sent.ok) throw new Error(sent.error.code);

    const promoted = await alice.api.request('PUT', member(bob), { body: { role: 'admin' } });
    expect([promoted.status, promoted.body]).toEqual([200, { user_id: bob.userId, role: 'admin', seq: 3 }]);
    expect(statuses([await bob.api.request('PATCH', `/groups/${id}`, { body: { title: 'Theirs' } })])).toEqual([200]);
    const owner = await alice.api.request('PUT', member(bob), { body: { role: 'owner' } });
    expect(owner.body).toEqual({ user_id: bob.userId, role: 'owner', seq: 6 });
    expect(
      statuses([
        await alice.api.request('PUT', member(carol), { body: { role: 'admin' } }),
        await alice.api.request('DELETE', member(bob)),
        await alice.api.request('DELETE', `/groups/${id}`),
        await bob.api.request('DELETE', member(bob)),
        await alice.api.request('DELETE', member(carol)),
        await alice.api.request('DELETE', member(alice)),
      ]),
    ).toEqual([403, 403, 403, 409, 204, 204]);
    await his.untilShown(id, 8);
    const changes = his.timeline.of(id).map(({ change, user_id, role }) => [change, user_id, role]);
    expect(changes.slice(2)).toEqual([
      ['role_changed', bob.userId, 'admin'],
      ['title_changed', undefined, undefined],
      ['role_changed', alice.userId, 'admin'],
      ['role_changed', bob.userId, 'owner'],
      ['member_removed', carol.userId, undefined],
      ['member_left', alice.userId, undefined],
    ]);
    expect(seqsOf(his.timeline.of(id))).toEqual(range(1, 8));
    expect(await bob.api.conversation(id)).toMatchObject({ role: 'owner', member_count: 1 });
  });
});

describe('A group that is deleted', () => {
  it('tells those who are online, and afterwards answers everybody like one that never was', async () => {
    const [alice, bob, carol] = await server.users('alice', 'bob', 'carol');
    const [hers, his, tablet] = await Promise.all([alice.online(), bob.online(), bob.online('tablet')]);
    const { conversation_id: id } = await alice.api.createGroup('Gone', [bob.userId, carol.userId]);
    await hers.send(id, 'one');
    await alice.api.removeMember(id, carol.userId);
    await tablet.untilAcknowledged(id, 3);
    tablet.disconnect();
    await hers.send(id, 'two');
    expect((await alice.api.request('DELETE', `/groups/${id}`)).status).toBe(204);

    await Promise.all([hers, his].map((client) => client.untilShown(id, 5)));
    expect(his.timeline.of(id).at(-1)).toMatchObject({ kind: 'update', change: 'deleted', sender_id: alice.userId });
    expect(codeOf(await hers.send(id, 'three'))).toBe('not_found');
    expect(codeOf(await his.pull(id, 0))).toBe('not_found');
    for (const person of [alice, bob, carol]) {
      const routes = [`/conversations/${id}`, `/conversations/${id}/messages`, `/groups/${id}`];
      const answers = await Promise.all(routes.map((route) => person.api.request('GET', route)));
      expect(statuses(answers)).toEqual([404, 404, 404]);
      expect((await person.api.inbox()).items).toEqual([]);
    }
    expect((await alice.api.request('DELETE', `/groups/${id}`)).status).toBe(404);
    await tablet.connect().synced();
    expect(seqsOf(tablet.timeline.of(id))).toEqual([1, 2, 3]);
  });
});

describe('A block', () => {
  async function direct(): Promise<{ id: string; alice: TestUser; bob: TestUser; hers: ChatClient; his: ChatClient }> {
    const [alice, bob] = await server.users('alice', 'bob');
    const [hers, his] = await Promise.all([alice.online(), bob.online()]);
    const { conversation_id: id } = await alice.api.direct(bob.userId);
    return { id, alice, bob, hers, his };
  }
  const block = (who: TestUser, whom: TestUser) => who.api.request('PUT', `/blocks/${whom.userId}`);
  const unblock = (who: TestUser, whom: TestUser) => who.api.request('DELETE', `/blocks/${whom.userId}`);

  it('forbids both sides to write from its answer to the answer that ends it, and leaves no trace in between', async () => {
    const { id, alice, bob, hers, his } = await direct();
    expect((await his.send(id, 'before')).ok).toBe(true);
    for (const [who, whom] of [
      [alice, bob],
      [bob, alice],
    ] as const) {
      expect((await block(who, whom)).status).toBe(204);
      expect([codeOf(await hers.send(id, 'no')), codeOf(await his.send(id, 'no'))]).toEqual(['forbidden', 'forbidden']);
    }
    expect((await unblock(alice, bob)).status).toBe(204);
    expect(codeOf(await hers.send(id, 'still not'))).toBe('forbidden');
    expect((await unblock(bob, alice)).status).toBe(204);
    expect(await hers.send(id, 'after')).toMatchObject({ ok: true, seq: 3 });
    await his.untilShown(id, 3);
    expect(seqsOf(his.timeline.of(id))).toEqual([1, 2, 3]);
    expect(seqsOf(await bob.api.wholeHistory(id))).toEqual([3, 2, 1].toReversed());
  });

  it('keeps what was said readable, and common groups going', async () => {
    const { id, alice, bob, hers, his } = await direct();
    await hers.send(id, 'hello');
    const group = await alice.api.createGroup('Common', [bob.userId]);
    await block(bob, alice);
    expect(seqsOf(await alice.api.wholeHistory(id))).toEqual([1, 2]);
    expect((await alice.api.request('POST', '/conversations/direct', { body: { user_id: bob.userId } })).status).toBe(
      403,
    );
    const another = { title: 'Another', member_ids: [bob.userId] };
    expect((await alice.api.request('POST', '/groups', { body: another })).status).toBe(403);
    expect((await hers.send(group.conversation_id, 'in the group')).ok).toBe(true);
    await his.untilShown(group.conversation_id, 2);
  });

  it('never lets a send that follows its answer through, while it comes and goes', async () => {
    const { id, alice, bob, his } = await direct();
    let accepted = 0;
    for (let round = 0; round < 5; round++) {
      await block(alice, bob);
      const refused = await Promise.all(range(1, 3).map((n) => his.send(id, `no ${round} ${n}`)));
      expect(refused.map(codeOf)).toEqual(Array(3).fill('forbidden'));
      await unblock(alice, bob);
      const taken = await Promise.all(range(1, 3).map((n) => his.send(id, `yes ${round} ${n}`)));
      accepted += taken.filter(({ ok }) => ok).length;
    }
    expect(accepted).toBe(15);
    expect((await alice.api.conversation(id)).last_seq).toBe(16);
  });
});

describe('A muted conversation', () => {
  it('says so to all devices of who muted it, and to nobody else', async () => {
    const [alice, bob] = await server.users('alice', 'bob');
    const { conversation_id: id } = await alice.api.createGroup('Loud', [bob.userId]);
    const until = '2100-01-01T00:00:00.000Z';
    const muted = await bob.api.request('PUT', `/conversations/${id}/mute`, { body: { muted: true, until } });
    expect([muted.status, muted.body]).toEqual([200, { conversation_id: id, muted: true, muted_until: until }]);
    await vi.waitFor(async () => {
      expect((await bob.api.inbox()).items).toMatchObject([{ muted: true, muted_until: until }]);
    });
    expect(await alice.api.conversation(id)).toMatchObject({ muted: false, muted_until: null });
  });
});
