import { LEASE_MS } from '@parley/sessions';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { GRACE_MS, PresencePlane, PresenceUnderTest, seenBy, statusesOf } from '../../test/presence-under-test.js';
import type { SessionUnderTest } from '../../test/sessions-under-test.js';
import { ROUND_MS } from './repair-presence.js';

const BOB = '2';
const TOGGLE_MS = 100;

describe('The presence of a watched user', () => {
  let plane: PresencePlane;
  let here: PresenceUnderTest;
  let there: PresenceUnderTest;
  let alice: SessionUnderTest;

  beforeEach(async () => {
    vi.useFakeTimers();
    plane = new PresencePlane();
    [here, there] = [new PresenceUnderTest(plane, 'gateway-a:1'), new PresenceUnderTest(plane, 'gateway-b:1')];
    await Promise.all([here.start(), there.start()]);
    alice = await here.open({ userId: '1' });
  });
  afterEach(() => vi.useRealTimers());

  const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms);
  const bobOn = (gateway: PresenceUnderTest, deviceId = 'phone') => gateway.open({ userId: BOB, deviceId });
  const watch = () => here.watch.execute(alice.session, [BOB]);

  it('is told at the watch, and then by its changes: online at once, offline when the grace is over', async () => {
    expect(await watch()).toEqual({ ok: true, presence: [{ user_id: BOB, status: 'offline', last_seen_at: null }] });
    const phone = await bobOn(there);
    await pass(300);
    expect(statusesOf(alice)).toEqual(['online']);
    await pass(60_000);
    const left = Date.now();
    await there.close(phone);
    await pass(GRACE_MS - 100);
    expect(statusesOf(alice)).toEqual(['online']);
    await pass(400);
    expect(seenBy(alice)[1]).toEqual({ user_id: BOB, status: 'offline', last_seen_at: new Date(left).toISOString() });
    await pass(10 * ROUND_MS);
    expect(seenBy(alice)).toHaveLength(2);
  });

  it('does not change for who comes back within the grace, on whatever gateway', async () => {
    const phone = await bobOn(there);
    await watch();
    await there.close(phone);
    await pass(GRACE_MS - 500);
    const again = await bobOn(here);
    await pass(3 * GRACE_MS);
    await here.close(again);
    await bobOn(there);
    await pass(ROUND_MS);
    expect(seenBy(alice)).toEqual([]);
  });

  it('is that of all devices: online with any, away when all are, offline without', async () => {
    const [phone, laptop] = [await bobOn(here), await bobOn(there, 'laptop')];
    await watch();
    await here.set.execute(phone.session, 'away');
    await pass(GRACE_MS);
    expect(seenBy(alice)).toEqual([]);
    await there.set.execute(laptop.session, 'away');
    await pass(300);
    expect(statusesOf(alice)).toEqual(['away']);
    await pass(GRACE_MS);
    await here.set.execute(phone.session, 'online');
    await pass(300);
    await here.close(phone);
    await pass(GRACE_MS + 300);
    expect(statusesOf(alice)).toEqual(['away', 'online', 'away']);
    await there.close(laptop);
    await pass(GRACE_MS + 300);
    expect(statusesOf(alice)).toEqual(['away', 'online', 'away', 'offline']);
  });

  it('does not change when one of two devices goes', async () => {
    const phone = await bobOn(here);
    await bobOn(there, 'laptop');
    await watch();
    await here.close(phone);
    await pass(ROUND_MS);
    expect(seenBy(alice)).toEqual([]);
  });

  it('takes a word that comes during the grace: whoever is left says it', async () => {
    const [phone, laptop] = [await bobOn(here), await bobOn(there, 'laptop')];
    await watch();
    await here.close(phone);
    await pass(2_000);
    await there.set.execute(laptop.session, 'away');
    await pass(GRACE_MS - 2_500);
    expect(seenBy(alice)).toEqual([]);
    await pass(1_000);
    expect(statusesOf(alice)).toEqual(['away']);
  });

  it('changes at most once a grace for a client that connects and goes five times a second, and is right in the end', async () => {
    await watch();
    for (let ms = 0; ms < 3 * GRACE_MS; ms += 2 * TOGGLE_MS) {
      const phone = await bobOn(there);
      await pass(TOGGLE_MS);
      await there.close(phone);
      await pass(TOGGLE_MS);
    }
    expect(statusesOf(alice)).toEqual(['online']);
    await pass(GRACE_MS + 300);
    expect(statusesOf(alice)).toEqual(['online', 'offline']);
  });

  it('changes at most once a grace for a client that says online and away five times a second, and is right in the end', async () => {
    const phone = await bobOn(there);
    await watch();
    for (let ms = 0; ms < 3 * GRACE_MS; ms += 2 * TOGGLE_MS) {
      await there.set.execute(phone.session, 'away');
      await pass(TOGGLE_MS);
      await there.set.execute(phone.session, 'online');
      await pass(TOGGLE_MS);
    }
    const toggled = seenBy(alice).length;
    expect(toggled).toBeGreaterThan(0);
    expect(toggled).toBeLessThanOrEqual(3);
    await there.set.execute(phone.session, 'away');
    await pass(2 * GRACE_MS);
    expect(seenBy(alice).length - toggled).toBeLessThanOrEqual(2);
    expect(statusesOf(alice).at(-1)).toBe('away');
  });

  it('does not change when another gateway takes the device over', async () => {
    const phone = await bobOn(here);
    await watch();
    for (const gateway of [there, here, there]) {
      await bobOn(gateway);
      await here.close(phone);
      await pass(1_000);
    }
    await pass(ROUND_MS);
    expect(seenBy(alice)).toEqual([]);
  });

  it('is shown to all who watch it, each once, and to nobody who does not any more', async () => {
    const [carol, dave] = [await here.open({ userId: '3' }), await there.open({ userId: '4' })];
    await watch();
    for (const [gateway, { session }] of [[here, carol], [there, dave]] as const) await gateway.watch.execute(session, [BOB]); // prettier-ignore
    const phone = await bobOn(there);
    await pass(300);
    here.watched.unwatch(carol.session, BOB);
    await there.close(dave);
    await there.close(phone);
    await pass(GRACE_MS + 300);
    expect([alice, carol, dave].map(statusesOf)).toEqual([['online', 'offline'], ['online'], ['online']]);
    expect([here.watched.size, there.watched.size]).toEqual([1, 0]);
  });

  it('is not shown to who is no contact any more: the watch ends instead', async () => {
    await watch();
    plane.strangers.add(BOB);
    await bobOn(there);
    await pass(300);
    expect(seenBy(alice)).toEqual([]);
    expect(here.watched.size).toBe(0);
  });

  it('is shown to who begins to watch while it is asked who may see a change', async () => {
    await watch();
    const checked = plane.holdDirectory();
    const phone = await bobOn(there);
    await pass(300);
    const carol = await here.open({ userId: '3' });
    const answer = here.watch.execute(carol.session, [BOB]);
    await pass(0);
    checked.release();
    expect(await answer).toMatchObject({ presence: [{ user_id: BOB, status: 'online' }] });
    await there.close(phone);
    await pass(GRACE_MS + 300);
    expect([alice, carol].map(statusesOf)).toEqual([['online', 'offline'], ['offline']]);
  });

  it('waits with a change while nobody can say who may see it', async () => {
    await watch();
    plane.isDirectoryAway = true;
    await bobOn(there);
    await pass(5_000);
    expect(seenBy(alice)).toEqual([]);
    plane.isDirectoryAway = false;
    await pass(3_000);
    expect(statusesOf(alice)).toEqual(['online']);
  });

  it('is right within a round although every signal gets lost', async () => {
    await watch();
    vi.spyOn(plane.signals, 'publish').mockResolvedValue();
    const phone = await bobOn(there);
    await pass(ROUND_MS);
    expect(statusesOf(alice)).toEqual(['online']);
    await there.close(phone);
    await pass(ROUND_MS + GRACE_MS);
    expect(statusesOf(alice)).toEqual(['online', 'offline']);
  });

  it('is offline within lease and grace of a gateway that died without a word, and no sooner than the grace', async () => {
    const doomed = new PresenceUnderTest(plane, 'gateway-c:1');
    await doomed.lease.keep();
    await bobOn(doomed);
    await watch();
    await pass(GRACE_MS - 500);
    expect(seenBy(alice)).toEqual([]);
    await pass(LEASE_MS + 500 + 300);
    expect(statusesOf(alice)).toEqual(['offline']);
    const seen = Date.parse(seenBy(alice)[0].last_seen_at ?? '');
    expect(Date.now() - seen).toBeLessThanOrEqual(LEASE_MS + GRACE_MS + 300);
    expect(Date.now() - seen).toBeGreaterThanOrEqual(GRACE_MS);
  });

  it('does not change while a hung gateway loses its lease and comes back with another', async () => {
    const hung = new PresenceUnderTest(plane, 'gateway-c:1');
    await hung.lease.keep();
    await bobOn(hung);
    await watch();
    await pass(LEASE_MS + 5_000);
    await hung.start();
    await pass(ROUND_MS);
    expect(seenBy(alice)).toEqual([]);
  });

  it('does not come back when the opening of a session that has gone ends late', async () => {
    const phone = await bobOn(there);
    await watch();
    await there.close(phone);
    await pass(GRACE_MS + 2_000);
    await there.close(phone);
    await pass(ROUND_MS);
    expect(statusesOf(alice)).toEqual(['offline']);
  });

  it('says to who begins to watch when the user was seen last, although the signals of that got lost', async () => {
    await there.close(await bobOn(there));
    await pass(GRACE_MS);
    await watch();
    await pass(ROUND_MS);
    vi.spyOn(plane.signals, 'publish').mockResolvedValue();
    await there.close(await bobOn(there));
    const left = new Date().toISOString();
    await pass(GRACE_MS);
    const carol = await here.open({ userId: '3' });
    expect(await here.watch.execute(carol.session, [BOB])).toMatchObject({ presence: [{ last_seen_at: left }] });
  });

  it('says when the user left, however late that is found', async () => {
    const phone = await bobOn(there);
    await watch();
    vi.spyOn(plane.signals, 'publish').mockResolvedValue();
    await pass(5_000);
    await there.close(phone);
    const left = new Date().toISOString();
    await pass(ROUND_MS + GRACE_MS);
    expect(seenBy(alice)).toEqual([{ user_id: BOB, status: 'offline', last_seen_at: left }]);
  });

  it('does not change while the registry is away, or comes back empty', async () => {
    await bobOn(there);
    await watch();
    plane.fleet.isAway = true;
    await pass(30_000);
    plane.fleet.twins.leases.wipe();
    plane.fleet.isAway = false;
    await pass(ROUND_MS);
    expect(seenBy(alice)).toEqual([]);
  });

  it('goes out to a hundred watchers with one question to registry and directory', async () => {
    const many = await Promise.all(Array.from({ length: 100 }, (_, n) => here.open({ userId: String(100 + n) })));
    await Promise.all(many.map(({ session }) => here.watch.execute(session, [BOB])));
    plane.asked = 0;
    plane.fleet.calls.clear();
    await bobOn(there);
    await pass(300);
    expect(many.map(statusesOf)).toEqual(many.map(() => ['online']));
    expect([plane.asked, plane.fleet.calls.get('sessionsOf')]).toEqual([1, 1]);
  });
});

describe('presence:watch', () => {
  let plane: PresencePlane;
  let gateway: PresenceUnderTest;
  let alice: SessionUnderTest;

  beforeEach(async () => {
    plane = new PresencePlane();
    gateway = new PresenceUnderTest(plane, 'gateway-a:1', { watched_users: 3 });
    await gateway.lease.keep();
    alice = await gateway.open({ userId: '1' });
  });

  const watch = (...userIds: string[]) => gateway.watch.execute(alice.session, userIds);
  const usersIn = async (answer: ReturnType<typeof watch>) => {
    const answered = await answer;
    return answered.ok ? answered.presence.map(({ user_id }) => user_id) : answered.code;
  };

  it('leaves out who may not be seen, and names everybody else once', async () => {
    plane.strangers.add('3');
    expect(await usersIn(watch('2', '3', '2'))).toEqual(['2']);
    expect(gateway.watched.watchedBy(alice.session)).toEqual(['2']);
    expect(await usersIn(watch())).toEqual([]);
  });

  it('refuses more than a session may watch in all, and goes on with those before', async () => {
    expect(await usersIn(watch('2', '3'))).toEqual(['2', '3']);
    expect(await usersIn(watch('4', '5'))).toBe('validation_failed');
    expect(await usersIn(watch('2', '3', '4'))).toEqual(['2', '3', '4']);
    gateway.watched.unwatch(alice.session, '2');
    expect(await usersIn(watch('5'))).toEqual(['5']);
    expect(gateway.watched.watchedBy(alice.session)).toEqual(['3', '4', '5']);
  });

  it('refuses more than a session may watch in all also where it is asked for in pieces at once', async () => {
    const answers = await Promise.all([usersIn(watch('2', '3')), usersIn(watch('4', '5')), usersIn(watch('4'))]);
    expect(answers).toEqual([['2', '3'], 'validation_failed', ['4']]);
    expect(gateway.watched.watchedBy(alice.session)).toEqual(['2', '3', '4']);
  });

  it('watches nobody whom the session has unwatched since, and whom it has watched since', async () => {
    const answers = Promise.all([watch('2', '3'), gateway.watch.unwatch(alice.session, ['2', '3']), watch('3')]);
    expect(await answers).toMatchObject([{ ok: true }, { ok: true }, { ok: true }]);
    expect(gateway.watched.watchedBy(alice.session)).toEqual(['3']);
  });

  it('makes room of those whom the session may not see any more', async () => {
    await watch('2', '3', '4');
    plane.strangers.add('3');
    expect(await usersIn(watch('5'))).toEqual(['5']);
    expect(gateway.watched.watchedBy(alice.session)).toEqual(['2', '4', '5']);
  });

  it('watches nobody more where registry or directory is away', async () => {
    await watch('2');
    plane.fleet.isAway = true;
    await expect(watch('2', '3')).rejects.toThrow('redis');
    plane.fleet.isAway = false;
    plane.isDirectoryAway = true;
    await expect(watch('4')).rejects.toThrow('no directory');
    expect(gateway.watched.watchedBy(alice.session)).toEqual(['2']);
  });

  it('refuses more questions at once than it answers', async () => {
    const answers = await Promise.all(Array.from({ length: 10 }, () => usersIn(watch('2'))));
    expect(answers.filter((answer) => answer === 'rate_limited')).toHaveLength(6);
  });

  it('keeps nothing for a session that went while it was answered', async () => {
    const answer = watch('2');
    await gateway.close(alice);
    expect(await usersIn(answer)).toEqual([]);
    expect(gateway.watched.size).toBe(0);
  });
});
