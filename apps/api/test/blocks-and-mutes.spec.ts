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
const open = (user: SignedInView, peer: SignedInView) =>
  as(user, 'POST /conversations/direct', { body: { user_id: idOf(peer) } });

beforeEach(async () => {
  api = await startApi();
  [alice, bob, carol] = await Promise.all([
    register(api.origin, 'alice'),
    register(api.origin, 'bob'),
    register(api.origin, 'carol'),
  ]);
});

afterEach(() => api.close());

describe('blocks', () => {
  const block = (user: SignedInView, other: SignedInView) => as(user, `PUT /blocks/${idOf(other)}`);
  const unblock = (user: SignedInView, other: SignedInView) => as(user, `DELETE /blocks/${idOf(other)}`);

  it('are set and taken back as often as one likes, before and after there is a conversation', async () => {
    for (const opened of [false, true]) {
      if (opened) expect((await open(alice, bob)).status).toBe(201);
      const answers = [await block(alice, bob), await block(alice, bob), await unblock(alice, bob)];
      expect([...answers, await unblock(alice, bob)].map(({ status }) => status)).toEqual([204, 204, 204, 204]);
    }
  });

  it('are listed for who set them, as users, in pages', async () => {
    await block(alice, carol);
    await block(alice, bob);
    await block(bob, alice);
    const first = await as(alice, 'GET /blocks?limit=1');
    expect(first.body.items).toEqual([{ ...carol.user, blocked_at: expect.any(String) }]);
    const second = await as(alice, `GET /blocks?limit=1&cursor=${first.body.next_cursor}`);
    expect(second.body).toEqual({ items: [{ ...bob.user, blocked_at: expect.any(String) }], next_cursor: null });
    expectProblem(await as(bob, `GET /blocks?cursor=${first.body.next_cursor}`), 'invalid_cursor');
    expect((await as(carol, 'GET /blocks')).body).toEqual({ items: [], next_cursor: null });
  });

  it('do not concern oneself or somebody who does not exist', async () => {
    expectProblem(await block(alice, alice), 'validation_failed');
    for (const method of ['PUT', 'DELETE']) {
      expectProblem(await as(alice, `${method} /blocks/4711`), 'not_found');
      expectProblem(await as(alice, `${method} /blocks/x`), 'not_found');
    }
  });

  it('forbid either side to open a conversation and to put the other into a group, and let common groups be', async () => {
    const body = { title: 'Trip', member_ids: [idOf(bob)] };
    const common = await as(alice, 'POST /groups', { body });
    const mine = await as(alice, 'POST /groups', { body: { title: 'Mine', member_ids: [] } });
    await block(bob, alice);
    expectProblem(await open(alice, bob), 'forbidden');
    expectProblem(await open(bob, alice), 'forbidden');
    expectProblem(await as(alice, 'POST /groups', { body }), 'forbidden');
    expectProblem(await as(alice, `PUT /groups/${mine.body.conversation_id}/members/${idOf(bob)}`), 'forbidden');
    expect((await as(bob, `GET /groups/${common.body.conversation_id}`)).status).toBe(200);
    expect((await as(alice, `PUT /groups/${common.body.conversation_id}/members/${idOf(bob)}`)).status).toBe(200);
    await unblock(bob, alice);
    expect((await open(alice, bob)).status).toBe(201);
  });

  it('are answered only when the router knows them', async () => {
    await open(alice, bob);
    api.log.isRouting = false;
    let isAnswered = false;
    const answer = block(alice, bob).finally(() => (isAnswered = true));
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(isAnswered).toBe(false);
    api.log.isRouting = true;
    // The relay has published the record; a later one of the conversation says that the router is beyond it.
    await unblock(alice, bob);
    expect((await answer).status).toBe(204);
  });
});

describe('muting', () => {
  const mute = (user: SignedInView, id: string, body: unknown) => as(user, `PUT /conversations/${id}/mute`, { body });
  const muteOf = async (user: SignedInView, id: string) => {
    const { muted, muted_until } = (await as(user, `GET /conversations/${id}`)).body;
    return { muted, muted_until };
  };
  let id: string;

  beforeEach(async () => {
    id = (await open(alice, bob)).body.conversation_id;
  });

  it('shows in the conversation of who mutes, until it is taken back', async () => {
    const muted = await mute(alice, id, { muted: true });
    expect([muted.status, muted.body]).toEqual([200, { conversation_id: id, muted: true, muted_until: null }]);
    expect(await muteOf(alice, id)).toEqual({ muted: true, muted_until: null });
    expect((await as(alice, 'GET /conversations')).body.items).toMatchObject([{ muted: true }]);
    expect(await muteOf(bob, id)).toEqual({ muted: false, muted_until: null });
    const unmuted = await mute(alice, id, { muted: false, until: null });
    expect(unmuted.body).toEqual({ conversation_id: id, muted: false, muted_until: null });
    expect(await muteOf(alice, id)).toEqual({ muted: false, muted_until: null });
  });

  it('ends by itself where it is given a time, in whatever zone', async () => {
    const far = await mute(alice, id, { muted: true, until: '2100-01-01T02:00:00+02:00' });
    expect(far.body).toMatchObject({ muted: true, muted_until: '2100-01-01T00:00:00.000Z' });
    expect(await muteOf(alice, id)).toEqual({ muted: true, muted_until: '2100-01-01T00:00:00.000Z' });
    await mute(alice, id, { muted: true, until: new Date(Date.now() + 400).toISOString() });
    await expect.poll(() => muteOf(alice, id)).toEqual({ muted: false, muted_until: null });
  });

  it('takes true or false and a time to come', async () => {
    const bad = [
      {},
      { muted: 'yes' },
      { muted: true, until: 'tomorrow' },
      { muted: true, until: 4_102_444_800_000 },
      { muted: true, until: '2026-01-01' },
      { muted: true, until: '2100-02-30T00:00:00Z' },
      { muted: true, until: '2100-01-01T24:00:00Z' },
      { muted: true, until: '2000-01-01T00:00:00Z' },
      { muted: true, until: '2100-99-99T00:00:00Z' },
      { muted: false, until: '2100-01-01T00:00:00Z' },
      { muted: true, loud: true },
    ];
    for (const body of bad) expectProblem(await mute(alice, id, body), 'validation_failed');
    expect(await muteOf(alice, id)).toEqual({ muted: false, muted_until: null });
  });

  it('is for members', async () => {
    expectProblem(await mute(carol, id, { muted: true }), 'not_found');
    expectProblem(await mute(alice, '9', { muted: true }), 'not_found');
  });
});
