import type { SignedInView } from '@parley/contracts';
import { EngineUnavailable } from '@parley/contracts';
import { PresenceMarks, SessionRegistry, type SessionAddress } from '@parley/sessions';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { startApi, type ApiUnderTest } from './api-under-test.js';
import { call, expectProblem, register } from './requests.js';

const NOW = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);

describe('GET /users/{user_id}/presence', () => {
  let api: ApiUnderTest;
  let alice: SignedInView;
  let bob: SignedInView;
  let carol: SignedInView;
  const as = (user: SignedInView, route: string, body?: unknown) =>
    call(api.origin, route, { token: user.access_token, body });
  const seenBy = (user: SignedInView, { user: { user_id } }: SignedInView) =>
    as(user, `GET /users/${user_id}/presence`);

  beforeEach(async () => {
    api = await startApi();
    [alice, bob, carol] = await Promise.all(['alice', 'bob', 'carol'].map((name) => register(api.origin, name)));
    await as(alice, 'POST /conversations/direct', { user_id: bob.user.user_id });
  });
  afterEach(() => api.close());

  /** The sessions that the registry has of anybody. */
  function connected(...away: boolean[]): void {
    const sessions = away.map((isAway) => ({ ...(isAway && { away: true }) })) as SessionAddress[];
    vi.spyOn(api.app.get(SessionRegistry), 'sessionsOf').mockImplementation(
      async ([userId]) => new Map(sessions.length > 0 ? [[userId, sessions]] : []),
    );
  }

  it('shows to a contact whether any device is online, or all are away', async () => {
    const { user_id } = bob.user;
    expect((await seenBy(alice, bob)).body).toEqual({ user_id, status: 'offline', last_seen_at: null });
    connected(true, false);
    expect((await seenBy(alice, bob)).body).toEqual({ user_id, status: 'online', last_seen_at: NOW });
    connected(true, true);
    expect((await seenBy(alice, bob)).body).toEqual({ user_id, status: 'away', last_seen_at: NOW });
  });

  it('shows who has just left as still there', async () => {
    await api.app.get(PresenceMarks).noteLeave(bob.user.user_id, 'online');
    expect((await seenBy(alice, bob)).body).toMatchObject({ status: 'online' });
  });

  it('is forbidden for who shares no conversation, who is unknown, and across a block; oneself one may see', async () => {
    const answers = [await seenBy(alice, carol), await as(alice, 'GET /users/4711/presence')];
    for (const answer of answers) expectProblem(answer, 'forbidden');
    expect(answers[0].body.detail).toBe(answers[1].body.detail);
    expectProblem(await as(alice, 'GET /users/x/presence'), 'not_found');
    expect((await seenBy(carol, carol)).status).toBe(200);
    await as(bob, `PUT /blocks/${alice.user.user_id}`);
    expectProblem(await seenBy(alice, bob), 'forbidden');
    expectProblem(await seenBy(bob, alice), 'forbidden');
  });

  it('is unavailable while the registry is', async () => {
    const registry = api.app.get(SessionRegistry);
    vi.spyOn(registry, 'sessionsOf').mockRejectedValue(new EngineUnavailable('redis', 'look up sessions', 'away'));
    expectProblem(await seenBy(alice, bob), 'unavailable');
  });
});
