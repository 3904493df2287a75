import { Logger } from '@nestjs/common';
import { InMemorySignals } from '@parley/signals';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { FleetUnderTest } from '../../test/fleet-under-test.js';
import { GatewayUnderTest } from '../../test/gateway-under-test.js';
import { endOf } from '../../test/sessions-under-test.js';

describe('a gateway that keeps its lease', () => {
  let fleet: FleetUnderTest;
  let gateway: GatewayUnderTest;

  beforeEach(async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
    fleet = new FleetUnderTest();
    gateway = new GatewayUnderTest(fleet);
    await gateway.keepLease.onApplicationBootstrap();
  });
  afterEach(async () => {
    fleet.isAway = false;
    await gateway.keepLease.stop();
    vi.useRealTimers();
    vi.restoreAllMocks();
  });

  it('holds it from the start on and for as long as it beats, under one incarnation', async () => {
    const { incarnation } = gateway.lease;
    const { session } = await gateway.open();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(gateway.lease.incarnation).toBe(incarnation);
    expect(await gateway.found()).toEqual([session.id]);
    expect(fleet.calls.get('renew')).toBe(30);
    expect(gateway.compared).toEqual([]);
  });

  it('puts every session back within a beat after a wipe, under a new incarnation, and compares each', async () => {
    const { incarnation } = gateway.lease;
    const opened = [await gateway.open(), await gateway.open({ userId: '43' })];
    fleet.twins.leases.wipe();
    expect(await gateway.found()).toEqual([]);
    await vi.advanceTimersByTimeAsync(2_000);
    expect(gateway.lease.incarnation).not.toBe(incarnation);
    expect([await gateway.found(), await gateway.found('43')]).toEqual(opened.map(({ session }) => [session.id]));
    expect(gateway.compared).toEqual(opened.map(({ session }) => session.id));
  });

  it('takes connections while the registry is away, and puts all in their places soon after it is back', async () => {
    const warn = vi.spyOn(Logger.prototype, 'warn');
    const before = await gateway.open();
    fleet.isAway = true;
    await vi.advanceTimersByTimeAsync(1_000);
    const early = await gateway.open({ userId: '43' });
    await vi.advanceTimersByTimeAsync(30_000);
    const late = await gateway.open({ userId: '44' });
    const opened = [before, early, late];
    expect(opened.map(endOf)).toEqual([null, null, null]);
    expect(gateway.readiness.isReady).toBe(true);
    expect(gateway.readiness.parts()).toMatchObject([{ name: 'lease', effect: 'degrades', reason: /not held/ }]);
    fleet.isAway = false;
    await vi.advanceTimersByTimeAsync(500);
    const found = await Promise.all(['42', '43', '44'].map((userId) => gateway.found(userId)));
    expect(found).toEqual(opened.map(({ session }) => [session.id]));
    expect(gateway.compared.sort()).toEqual(opened.map(({ session }) => session.id).sort());
    expect(gateway.readiness.parts()).toMatchObject([{ reason: null }]);
    // One line when it goes, one for the lease that has ended.
    expect(warn).toHaveBeenCalledTimes(2);
  });

  it('keeps its incarnation over an outage that is shorter than the lease, and registers who came meanwhile', async () => {
    const { incarnation } = gateway.lease;
    fleet.isAway = true;
    await vi.advanceTimersByTimeAsync(1_000);
    const { session } = await gateway.open();
    await vi.advanceTimersByTimeAsync(2_000);
    fleet.isAway = false;
    await vi.advanceTimersByTimeAsync(500);
    expect(gateway.lease.incarnation).toBe(incarnation);
    expect(await gateway.found()).toEqual([session.id]);
    expect(gateway.compared).toEqual([session.id]);
  });

  it('knows by its own clock that a lease which nobody renews has lapsed', async () => {
    fleet.isAway = true;
    await vi.advanceTimersByTimeAsync(5_999);
    expect(gateway.lease.incarnation).not.toBeNull();
    await vi.advanceTimersByTimeAsync(1);
    expect(gateway.lease.incarnation).toBeNull();
  });

  it('does not count a lease as held whose renewal was answered after its end', async () => {
    const { incarnation } = gateway.lease;
    const answer = fleet.hold('renew', 'after');
    await vi.advanceTimersByTimeAsync(2_000);
    await answer.reached;
    await vi.advanceTimersByTimeAsync(6_000);
    expect(gateway.lease.incarnation).toBeNull();
    answer.release();
    await vi.advanceTimersByTimeAsync(0);
    expect(gateway.lease.incarnation).not.toBe(incarnation);
    expect(gateway.lease.incarnation).not.toBeNull();
  });

  it('begins without a registry, and takes its lease when there is one', async () => {
    fleet.isAway = true;
    const late = new GatewayUnderTest(fleet, new InMemorySignals(), 'gateway-b:4100');
    await late.keepLease.onApplicationBootstrap();
    const { session } = await late.open();
    fleet.isAway = false;
    await vi.advanceTimersByTimeAsync(500);
    expect(await late.found()).toEqual([session.id]);
    await late.keepLease.stop();
  });

  it('gives the lease up at its stop, while sessions are being put back, too', async () => {
    const opened = await gateway.open();
    fleet.twins.leases.wipe();
    const reclaim = fleet.hold('reclaim', 'before');
    await vi.advanceTimersByTimeAsync(2_000);
    await reclaim.reached;
    await gateway.close(opened);
    await gateway.keepLease.stop();
    expect(vi.getTimerCount()).toBe(0);
    reclaim.release();
    await vi.advanceTimersByTimeAsync(10_000);
    expect(gateway.lease.incarnation).toBeNull();
    expect(await gateway.found()).toEqual([]);
    expect(fleet.calls.get('take')).toBe(2);
  });

  it('stops although the registry is away', async () => {
    const warn = vi.spyOn(Logger.prototype, 'warn');
    fleet.isAway = true;
    await gateway.keepLease.stop();
    expect(warn).toHaveBeenCalledWith(expect.stringContaining('it will lapse'));
  });
});
