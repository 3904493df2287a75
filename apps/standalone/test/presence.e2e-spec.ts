import type { PresenceView } from '@parley/contracts';
import { codeOf, RAISED_LIMITS, type ChatClient, type TestUser } from '@parley/harness';
import { describe, expect, it } from 'vitest';
import { serverUnderTest } from './server-under-test.js';

const GRACE_MS = 1_000;
const server = serverUnderTest({ ...RAISED_LIMITS, PRESENCE_GRACE_MS: String(GRACE_MS), WATCHED_USERS: '5' });
const RFC_3339 = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);

const watch = (client: ChatClient, ...user_ids: string[]) =>
  client.request<{ presence: PresenceView[] }>('presence:watch', { user_ids });
const set = (client: ChatClient, status: string) => client.request('presence:set', { status });
const overRest = (user: TestUser, { userId }: TestUser) => user.api.request('GET', `/users/${userId}/presence`);
const statuses = (client: ChatClient) => client.received<PresenceView>('presence').map(({ status }) => status);

async function untilShown(client: ChatClient, ...expected: string[]): Promise<void> {
  await client.until(() => statuses(client).length >= expected.length, { what: expected.join(', ') });
  expect(statuses(client)).toEqual(expected);
}

/** Alice, online, and Bob, whom she knows. */
async function pair(): Promise<{ alice: TestUser; bob: TestUser; hers: ChatClient }> {
  const [alice, bob] = await server.users('alice', 'bob');
  const [hers] = await Promise.all([alice.online(), alice.api.direct(bob.userId)]);
  return { alice, bob, hers };
}

describe('Presence', () => {
  it('is told at the watch, by events and over REST, from any gateway', async () => {
    const { alice, bob, hers } = await pair();
    const tablet = await alice.online('tablet');
    const offline = { user_id: bob.userId, status: 'offline', last_seen_at: null };
    for (const client of [hers, tablet])
      expect(await watch(client, bob.userId)).toEqual({ ok: true, presence: [offline] });
    const phone = await bob.online();
    await Promise.all([hers, tablet].map((client) => untilShown(client, 'online')));
    expect((await overRest(alice, bob)).body).toEqual({
      user_id: bob.userId,
      status: 'online',
      last_seen_at: RFC_3339,
    });
    await set(phone, 'away');
    await Promise.all([hers, tablet].map((client) => untilShown(client, 'online', 'away')));
    expect((await overRest(alice, bob)).body).toMatchObject({ status: 'away' });
    const before = Date.now();
    phone.disconnect();
    await Promise.all([hers, tablet].map((client) => untilShown(client, 'online', 'away', 'offline')));
    expect(Date.now() - before).toBeGreaterThan(GRACE_MS - 100);
    // The gateway that shows the change saw him there a moment longer than the mark of his leave says.
    const told = [hers.received<PresenceView>('presence').at(-1), (await overRest(alice, bob)).body as PresenceView];
    for (const view of told) {
      expect(view).toMatchObject({ user_id: bob.userId, status: 'offline' });
      expect(Math.abs(Date.parse(view?.last_seen_at ?? '') - before)).toBeLessThan(1_000);
    }
  });

  it('holds for all devices, and for who comes back within the grace', async () => {
    const { bob, hers } = await pair();
    const [phone, laptop] = await Promise.all([bob.online('phone'), bob.online('laptop')]);
    await watch(hers, bob.userId);
    await set(phone, 'away');
    phone.disconnect();
    laptop.disconnect();
    const again = await bob.online('tablet');
    await set(again, 'away');
    await untilShown(hers, 'away');
    again.disconnect();
    await untilShown(hers, 'away', 'offline');
  });

  it('changes at most once a grace for who connects and goes five times a second', async () => {
    const { bob, hers } = await pair();
    await watch(hers, bob.userId);
    const began = Date.now();
    while (Date.now() - began < 4 * GRACE_MS) (await bob.online()).disconnect();
    const shown = statuses(hers).length;
    expect(shown).toBeLessThanOrEqual(1 + Math.ceil((Date.now() - began) / GRACE_MS));
    await hers.until(() => statuses(hers).at(-1) === 'offline');
    expect(statuses(hers)).toEqual(['online', 'offline']);
  });

  it('changes at most once a grace for who says online and away all the time', async () => {
    const { bob, hers } = await pair();
    const phone = await bob.online();
    await watch(hers, bob.userId);
    const began = Date.now();
    for (let n = 0; Date.now() - began < 3 * GRACE_MS; n += 1) await set(phone, n % 2 === 0 ? 'away' : 'online');
    expect(statuses(hers).length).toBeLessThanOrEqual(1 + Math.ceil((Date.now() - began) / GRACE_MS));
    const before = statuses(hers).length;
    await set(phone, 'away');
    await hers.until(() => statuses(hers).at(-1) === 'away');
    expect(statuses(hers).length - before).toBeLessThanOrEqual(2);
  });

  it('is for people who share a conversation: others are left out, forbidden over REST, and like nobody', async () => {
    const { alice, bob, hers } = await pair();
    const [carol] = await server.users('carol');
    await carol.online();
    const answer = await watch(hers, carol.userId, bob.userId, '4711');
    expect(answer.ok && answer.presence.map(({ user_id }) => user_id)).toEqual([bob.userId]);
    const [stranger, nobody] = [await overRest(alice, carol), await alice.api.request('GET', '/users/4711/presence')];
    expect([stranger.status, stranger.body]).toMatchObject([403, { code: 'forbidden' }]);
    expect([nobody.status, nobody.body]).toMatchObject([403, { code: 'forbidden' }]);
    expect((await overRest(carol, carol)).body).toMatchObject({ status: 'online' });
  });

  it('is seen no more from the moment at which the last shared conversation ends, or a block comes', async () => {
    const [alice, bob, carol] = await server.users('alice', 'bob', 'carol');
    const [hers, carols] = await Promise.all([alice.online(), carol.online()]);
    const { conversation_id: id } = await alice.api.createGroup('Ours', [bob.userId, carol.userId]);
    await alice.api.direct(carol.userId);
    for (const client of [hers, carols]) await watch(client, bob.userId);
    await bob.api.request('PUT', `/blocks/${alice.userId}`);
    const phone = await bob.online();
    await untilShown(carols, 'online');
    expect([statuses(hers), (await overRest(alice, bob)).status]).toEqual([[], 403]);
    await alice.api.removeMember(id, bob.userId);
    await set(phone, 'away');
    await bob.api.request('DELETE', `/blocks/${alice.userId}`);
    await alice.api.direct(bob.userId);
    expect(await watch(hers, bob.userId)).toMatchObject({ ok: true, presence: [{ status: expect.any(String) }] });
    expect(statuses(carols)).toEqual(['online']);
    expect((await overRest(carol, bob)).status).toBe(403);
  });

  it('is watched of so many users, until a watch is given up', async () => {
    const [alice, ...others] = await server.users('alice', 'a', 'b', 'c', 'd', 'e', 'f');
    const hers = await alice.online();
    const ids = others.map(({ userId }) => userId);
    await alice.api.createGroup('All', ids);
    expect(hers.session?.limits).toMatchObject({ watched_users: 5, presence_grace_ms: GRACE_MS });
    expect(codeOf(await watch(hers, ...ids))).toBe('validation_failed');
    expect((await watch(hers, ...ids.slice(0, 5))).ok).toBe(true);
    expect(codeOf(await watch(hers, ids[5]))).toBe('validation_failed');
    expect(await hers.request('presence:unwatch', { user_ids: [ids[0], '4711'] })).toEqual({ ok: true });
    expect((await watch(hers, ids[5])).ok).toBe(true);
    await Promise.all([others[0].online(), others[5].online()]);
    await untilShown(hers, 'online');
    expect(hers.received<PresenceView>('presence')[0].user_id).toBe(ids[5]);
  });
});
