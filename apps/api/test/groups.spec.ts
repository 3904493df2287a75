import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { SignedInView } from '@parley/contracts';
import { startApi, type ApiUnderTest } from './api-under-test.js';
import { call, expectProblem, register, type Call } from './requests.js';

let api: ApiUnderTest;
let alice: SignedInView;
let bob: SignedInView;
let carol: SignedInView;
const as = (user: SignedInView, route: string, more: Call = {}) =>
  call(api.origin, route, { token: user.access_token, ...more });
const idOf = ({ user }: SignedInView) => user.user_id;

beforeEach(async () => {
  api = await startApi();
  [alice, bob, carol] = await Promise.all([
    register(api.origin, 'alice'),
    register(api.origin, 'bob'),
    register(api.origin, 'carol'),
  ]);
});

afterEach(() => api.close());

async function createGroup(member_ids: string[] = []): Promise<string> {
  const answer = await as(alice, 'POST /groups', { body: { title: 'Trip', member_ids } });
  expect(answer.status).toBe(201);
  return answer.body.conversation_id;
}

describe('direct conversations', () => {
  const open = (user: SignedInView, peer: SignedInView) =>
    as(user, 'POST /conversations/direct', { body: { user_id: idOf(peer) } });

  it('are created once and the same from either side', async () => {
    const first = await open(alice, bob);
    expect(first.status).toBe(201);
    expect(first.body).toMatchObject({ kind: 'direct', title: null, role: 'member', member_count: 2, last_seq: 1 });
    expect(first.body.peer).toEqual(bob.user);
    const again = await open(bob, alice);
    expect(again.status).toBe(200);
    expect(again.body).toMatchObject({ conversation_id: first.body.conversation_id, peer: alice.user });
  });

  it('are one conversation when both sides open it at the same moment, ready for each of them', async () => {
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, i) => (i % 2 ? open(alice, bob) : open(bob, alice))),
    );
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(19);
    expect(new Set(answers.map(({ body }) => body.conversation_id)).size).toBe(1);
  });

  it('are not held with oneself', async () => {
    expectProblem(await open(alice, alice), 'validation_failed');
  });
});

describe('groups', () => {
  it('begin with their creator as owner and those named, each once', async () => {
    const body = { title: 'Trip', member_ids: [idOf(bob), idOf(bob), idOf(alice)] };
    const created = await as(alice, 'POST /groups', { body });
    expect(created.status).toBe(201);
    expect(created.body).toMatchObject({ kind: 'group', title: 'Trip', role: 'owner', member_count: 2, last_seq: 1 });
    expect(created.body.members).toEqual([
      { user_id: idOf(alice), role: 'owner', joined_at: expect.any(String) },
      { user_id: idOf(bob), role: 'member', joined_at: expect.any(String) },
    ]);
    const shown = await as(bob, `GET /groups/${created.body.conversation_id}`);
    expect(shown.body).toEqual({ ...created.body, role: 'member' });
  });

  it('take titles of 1 to 128 characters and up to 255 members', async () => {
    const bad = [
      { title: '', member_ids: [] },
      { title: 'x'.repeat(129), member_ids: [] },
      { title: 'Trip' },
      { title: 'Trip', member_ids: [1] },
      { title: 'Trip', member_ids: 'all' },
      { title: 'Trip', member_ids: Array.from({ length: 256 }, (_, i) => String(i + 1)) },
    ];
    for (const body of bad) expectProblem(await as(alice, 'POST /groups', { body }), 'validation_failed');
  });

  it('answer a member added with the seq of its entry, and once it is in without one', async () => {
    const group = await createGroup();
    const put = () => as(alice, `PUT /groups/${group}/members/${idOf(bob)}`, { body: { role: 'member' } });
    const added = await put();
    expect(added.status).toBe(201);
    expect(added.body).toEqual({ user_id: idOf(bob), role: 'member', seq: 2 });
    const again = await put();
    expect(again.status).toBe(200);
    expect(again.body).toEqual({ user_id: idOf(bob), role: 'member', seq: null });
  });

  it('know three roles', async () => {
    const group = await createGroup([idOf(bob)]);
    for (const role of ['god', 1, '', ['admin']]) {
      const answer = await as(alice, `PUT /groups/${group}/members/${idOf(bob)}`, { body: { role } });
      expectProblem(answer, 'validation_failed');
    }
  });

  it('give roles by their owner, each change with its seq', async () => {
    const group = await createGroup([idOf(bob)]);
    const put = (role: string | null) => as(alice, `PUT /groups/${group}/members/${idOf(bob)}`, { body: { role } });
    const promoted = await put('admin');
    expect([promoted.status, promoted.body]).toEqual([200, { user_id: idOf(bob), role: 'admin', seq: 2 }]);
    for (const role of ['admin', null]) {
      const again = await put(role);
      expect([again.status, again.body]).toEqual([200, { user_id: idOf(bob), role: 'admin', seq: null }]);
    }
    const added = await as(alice, `PUT /groups/${group}/members/${idOf(carol)}`, { body: { role: 'admin' } });
    expect([added.status, added.body]).toEqual([201, { user_id: idOf(carol), role: 'admin', seq: 3 }]);
    expectProblem(
      await as(bob, `PUT /groups/${group}/members/${idOf(carol)}`, { body: { role: 'member' } }),
      'forbidden',
    );
  });

  it('are handed over in two entries, to a member only', async () => {
    const group = await createGroup([idOf(bob)]);
    const put = (user: SignedInView, role: string) =>
      as(alice, `PUT /groups/${group}/members/${idOf(user)}`, { body: { role } });
    expectProblem(await put(carol, 'owner'), 'conflict');
    expectProblem(await put(alice, 'admin'), 'conflict');
    expect((await put(bob, 'owner')).body).toEqual({ user_id: idOf(bob), role: 'owner', seq: 3 });
    const shown = await as(alice, `GET /groups/${group}`);
    expect(shown.body).toMatchObject({ role: 'admin', members: [{ role: 'admin' }, { role: 'owner' }] });
    expectProblem(await put(carol, 'admin'), 'forbidden');
  });

  it('answer like one that never was once their owner deleted them', async () => {
    const group = await createGroup([idOf(bob)]);
    expectProblem(await as(bob, `DELETE /groups/${group}`), 'forbidden');
    expectProblem(await as(carol, `DELETE /groups/${group}`), 'not_found');
    expect((await as(alice, `DELETE /groups/${group}`)).status).toBe(204);
    const routes: [string, Call?][] = [
      [`GET /groups/${group}`],
      [`GET /groups/${group}/members`],
      [`GET /conversations/${group}`],
      [`GET /conversations/${group}/messages`],
      [`PUT /conversations/${group}/read`, { body: { seq: 1 } }],
      [`PUT /conversations/${group}/mute`, { body: { muted: true } }],
      [`PATCH /groups/${group}`, { body: { title: 'Back' } }],
      [`PUT /groups/${group}/members/${idOf(carol)}`],
      [`DELETE /groups/${group}/members/${idOf(alice)}`],
      [`DELETE /groups/${group}`],
    ];
    for (const user of [alice, bob]) {
      for (const [route, more] of routes) expectProblem(await as(user, route, more), 'not_found');
      expect((await as(user, 'GET /conversations')).body.items).toEqual([]);
    }
  });

  it('refuse what a plain member may not do', async () => {
    const group = await createGroup([idOf(bob)]);
    expectProblem(await as(bob, `PUT /groups/${group}/members/${idOf(carol)}`), 'forbidden');
  });

  it('are not found by who is not in them, any more than a group that never was', async () => {
    const group = await createGroup([idOf(bob)]);
    const routes: [string, Call?][] = [
      [`GET /groups/${group}`],
      [`GET /groups/${group}/members`],
      [`PATCH /groups/${group}`, { body: { title: 'Mine' } }],
      [`PUT /groups/${group}/members/${idOf(carol)}`],
      [`DELETE /groups/${group}/members/${idOf(bob)}`],
      [`DELETE /groups/${group}`],
    ];
    for (const [route, more] of routes) {
      const foreign = await as(carol, route, more);
      const absent = await as(carol, route.replace(group, '9'), more);
      for (const answer of [foreign, absent]) expectProblem(answer, 'not_found');
      expect({ ...foreign.body, request_id: '' }).toEqual({ ...absent.body, request_id: '' });
    }
    const direct = await as(alice, 'POST /conversations/direct', { body: { user_id: idOf(bob) } });
    expectProblem(await as(alice, `GET /groups/${direct.body.conversation_id}`), 'not_found');
  });

  it('are renamed, and not found any more by who was removed', async () => {
    const group = await createGroup([idOf(bob)]);
    const renamed = await as(alice, `PATCH /groups/${group}`, { body: { title: 'Trip to Rome' } });
    expect(renamed.body).toMatchObject({ title: 'Trip to Rome' });
    expect((await as(alice, `DELETE /groups/${group}/members/${idOf(bob)}`)).status).toBe(204);
    expectProblem(await as(bob, `GET /groups/${group}`), 'not_found');
    expectProblem(await as(alice, `DELETE /groups/${group}/members/${idOf(bob)}`), 'not_found');
  });

  it('list their members in pages whose cursors are of no use to anybody else or elsewhere', async () => {
    const group = await createGroup([idOf(bob), idOf(carol)]);
    const other = await createGroup([idOf(bob), idOf(carol)]);
    const seen: string[] = [];
    let cursor: string | null = '';
    while (cursor !== null) {
      const page: { body: { items: { user_id: string }[]; next_cursor: string | null } } = await as(
        alice,
        `GET /groups/${group}/members?limit=2${cursor && `&cursor=${cursor}`}`,
      );
      seen.push(...page.body.items.map(({ user_id }) => user_id));
      cursor = page.body.next_cursor;
      if (cursor === null) break;
      expectProblem(await as(bob, `GET /groups/${group}/members?cursor=${cursor}`), 'invalid_cursor');
      expectProblem(await as(alice, `GET /groups/${other}/members?cursor=${cursor}`), 'invalid_cursor');
    }
    expect(seen).toEqual([idOf(alice), idOf(bob), idOf(carol)]);
  });

  it('answer from the store when the verdict is lost, also while inboxes come after the head', async () => {
    api.log.isTelling = false;
    api.log.inboxLagMs = 400;
    const [group, direct] = await Promise.all([
      as(alice, 'POST /groups', { body: { title: 'Trip', member_ids: [] } }),
      as(alice, 'POST /conversations/direct', { body: { user_id: idOf(bob) } }),
    ]);
    expect([group.status, direct.status]).toEqual([201, 201]);
    expect([group.body.last_seq, direct.body.last_seq]).toEqual([1, 1]);
  });
});
