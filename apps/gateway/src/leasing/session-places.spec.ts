import { InMemorySignals, type Signal } from '@parley/signals';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { FleetUnderTest } from '../../test/fleet-under-test.js';
import { GatewayUnderTest } from '../../test/gateway-under-test.js';
import { endOf } from '../../test/sessions-under-test.js';

describe('the places of sessions', () => {
  let fleet: FleetUnderTest;
  let signals: InMemorySignals;
  let heard: Signal[];
  let gateway: GatewayUnderTest;
  let other: GatewayUnderTest;

  beforeEach(async () => {
    vi.useFakeTimers({ toFake: ['performance'] });
    fleet = new FleetUnderTest();
    signals = new InMemorySignals();
    heard = [];
    signals.subscribe((signal) => heard.push(signal));
    gateway = new GatewayUnderTest(fleet, signals);
    other = new GatewayUnderTest(fleet, signals, 'gateway-b:4100');
    await Promise.all([gateway.lease.keep(), other.lease.keep()]);
  });
  afterEach(() => void vi.useRealTimers());

  /** The next beat of the gateway's heart. */
  async function beat(one = gateway): Promise<void> {
    await one.lease.keep();
    await one.places.restore();
  }

  it('ends the session of the same device that stood there before, on this gateway at once', async () => {
    const older = await gateway.open();
    const newer = await gateway.open();
    expect([endOf(older), endOf(newer)]).toEqual(['replaced', null]);
    expect(await gateway.found()).toEqual([newer.session.id]);
    expect(heard).toEqual([]);
  });

  it('tells the other gateway whose session was replaced', async () => {
    const older = await other.open();
    await gateway.open();
    expect(heard).toEqual([{ type: 'replaced', gateway: other.address, session_id: older.session.id }]);
  });

  it('takes out who leaves, and never a newer session of the same device', async () => {
    const older = await gateway.open();
    const newer = await other.open();
    await gateway.close(older);
    expect(await gateway.found()).toEqual([newer.session.id]);
    await other.close(newer);
    expect(await gateway.found()).toEqual([]);
  });

  it('takes out later who left while the registry did not answer', async () => {
    const opened = await gateway.open();
    fleet.isAway = true;
    await gateway.close(opened);
    fleet.isAway = false;
    expect(await gateway.found()).toEqual([opened.session.id]);
    await beat();
    expect(await gateway.found()).toEqual([]);
    expect(fleet.calls.get('remove')).toBe(1);
    await beat();
    expect(fleet.calls.get('remove')).toBe(1);
  });

  it('takes thousands out in turns who leave at one moment', async () => {
    const opened = [];
    for (let user = 1; user <= 1_200; user++) opened.push(await gateway.open({ userId: String(user) }));
    const remove = fleet.hold('remove', 'before');
    const leaving = Promise.all(opened.map((one) => gateway.close(one)));
    await remove.reached;
    expect(fleet.calls.get('remove') ?? 0).toBeLessThan(500);
    remove.release();
    await leaving;
    expect(fleet.calls.get('remove')).toBe(1_200);
    expect(await gateway.found('1200')).toEqual([]);
  });

  it('puts no session of a process that slept through its lease in the place of a newer one', async () => {
    const sleeping = await gateway.open();
    const register = fleet.hold('register', 'before');
    const onItsWay = gateway.open({ deviceId: 'laptop' });
    await register.reached;
    vi.advanceTimersByTime(7_000);
    await other.lease.keep();
    const [phone, laptop] = [await other.open(), await other.open({ deviceId: 'laptop' })];
    register.release();
    const late = await onItsWay;
    expect(gateway.lease.incarnation).toBeNull();
    await gateway.places.leave(sleeping.session);
    await beat();
    expect([sleeping, late, phone, laptop].map(endOf)).toEqual(['replaced', 'replaced', null, null]);
    expect((await gateway.found()).sort()).toEqual([phone.session.id, laptop.session.id].sort());
  });

  it('ends an older session elsewhere whose place it takes back', async () => {
    const older = await other.open();
    fleet.isAway = true;
    const newer = await gateway.open();
    fleet.isAway = false;
    await beat();
    expect(await gateway.found()).toEqual([newer.session.id]);
    expect(heard).toEqual([{ type: 'replaced', gateway: other.address, session_id: older.session.id }]);
  });

  it('ends the older of two sessions of one device that both came while the registry was away', async () => {
    fleet.isAway = true;
    const [older, newer] = [await gateway.open(), await gateway.open()];
    fleet.isAway = false;
    await beat();
    expect([endOf(older), endOf(newer)]).toEqual(['replaced', null]);
    expect(await gateway.found()).toEqual([newer.session.id]);
    expect(gateway.compared).toContain(newer.session.id);
  });

  it('takes a session that is opened while others are put back, and leaves it where it is', async () => {
    const before = await gateway.open();
    fleet.twins.leases.wipe();
    const reclaim = fleet.hold('reclaim', 'before');
    const beating = beat();
    await reclaim.reached;
    const opened = await gateway.open({ userId: '43' });
    expect(await gateway.found('43')).toEqual([opened.session.id]);
    reclaim.release();
    await beating;
    expect([await gateway.found(), await gateway.found('43')]).toEqual([[before.session.id], [opened.session.id]]);
    expect(gateway.compared).toEqual([before.session.id]);
  });

  it.each(['before', 'after'] as const)(
    'does not leave a session behind that is closed %s the call that puts it back takes effect',
    async (where) => {
      const [closing, staying] = [await gateway.open(), await gateway.open({ userId: '43' })];
      fleet.twins.leases.wipe();
      const reclaim = fleet.hold('reclaim', where);
      const beating = beat();
      await reclaim.reached;
      await gateway.close(closing);
      reclaim.release();
      await beating;
      expect(await gateway.found()).toEqual([]);
      expect(await gateway.found('43')).toEqual([staying.session.id]);
    },
  );

  it('keeps what a session says of itself while it is put back', async () => {
    const { session } = await gateway.open();
    fleet.twins.leases.wipe();
    const reclaim = fleet.hold('reclaim', 'before');
    const beating = beat();
    await reclaim.reached;
    session.availability = 'away';
    await gateway.places.restate(session);
    reclaim.release();
    await beating;
    const [found] = (await fleet.twins.registry.sessionsOf(['42'])).get('42') ?? [];
    expect(found).toMatchObject({ session_id: session.id, away: true });
  });

  it('begins again when the lease is lost while sessions are put back', async () => {
    const opened = [];
    for (let user = 1; user <= 1_200; user++) opened.push(await gateway.open({ userId: String(user) }));
    fleet.twins.leases.wipe();
    const reclaim = fleet.hold('reclaim', 'after');
    const restoring = beat();
    await reclaim.reached;
    fleet.twins.leases.wipe();
    const again = beat();
    await vi.waitUntil(() => fleet.calls.get('take') === 4);
    reclaim.release();
    await Promise.all([restoring, again]);
    const ids = opened.map(({ session }) => session.identity.userId);
    expect((await fleet.twins.registry.sessionsOf(ids)).size).toBe(1_200);
    // One call under the lost incarnation, two for the rest of that round, and one for those of the first call again.
    expect(fleet.calls.get('reclaim')).toBe(4);
  });

  it.each(['before', 'after'] as const)(
    'puts a session back when its lease ended %s the registration took effect',
    async (where) => {
      const register = fleet.hold('register', where);
      const opening = gateway.open();
      await register.reached;
      fleet.twins.leases.wipe();
      await beat();
      register.release();
      const { session } = await opening;
      expect(await gateway.found()).toEqual([]);
      await beat();
      expect(await gateway.found()).toEqual([session.id]);
      expect(gateway.compared.at(-1)).toBe(session.id);
    },
  );

  it('notices at once, when it registers a session, that its lease has ended', async () => {
    fleet.twins.leases.wipe();
    const opened = await gateway.open();
    expect(gateway.lease.incarnation).toBeNull();
    expect(endOf(opened)).toBeNull();
    await beat();
    expect(await gateway.found()).toEqual([opened.session.id]);
  });

  it('finds out at the next look that a session was replaced, though no signal came', async () => {
    const older = await gateway.open();
    const newer = await other.open();
    expect(endOf(older)).toBeNull();
    expect(await gateway.places.putBack([older.session])).toBe(true);
    expect([endOf(older), endOf(newer)]).toEqual(['replaced', null]);
    expect(await gateway.found()).toEqual([newer.session.id]);
  });

  it('puts a session back at the next look whose place was lost without the lease', async () => {
    const opened = await gateway.open();
    await fleet.twins.registry.remove(opened.session.addressAt(gateway.address, 'any'));
    expect(await gateway.found()).toEqual([]);
    await gateway.places.putBack([opened.session]);
    expect(await gateway.found()).toEqual([opened.session.id]);
  });

  it('has the devices remembered again with the places, for the time when PostgreSQL is away', async () => {
    const { session } = await gateway.open();
    const { user_id, device_id, generation } = session.identity.device;
    expect(await gateway.devices.recall(user_id, device_id)).toBeNull();
    await gateway.places.putBack([session]);
    expect(await gateway.devices.recall(user_id, device_id)).toBe(generation);
  });
});
