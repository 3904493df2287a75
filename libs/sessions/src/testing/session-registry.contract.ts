import { beforeEach, describe, expect, it } from 'vitest';
import { LEASE_MS, type GatewayLease, type GatewayLeases } from '../gateway-leases.js';
import { LeaseLapsed, type SessionRegistry } from '../session-registry.js';
import { reclaimClauses } from './reclaim-clauses.js';
import { leaseOf, session } from './sessions.js';

/** An empty registry and the leases that it counts by. */
export interface SessionRegistryUnderTest {
  registry: SessionRegistry;
  leases: GatewayLeases;
  /** Lets time pass for leases and registry. */
  pass: (ms: number) => Promise<void>;
}

/** Until when every look-up has noticed that a lease ended. */
const NOTICED_MS = 1_000;

/** What every session registry does. */
export function sessionRegistryContract(name: string, open: () => Promise<SessionRegistryUnderTest>): void {
  describe(`${name} as a session registry`, () => {
    let registry: SessionRegistry;
    let leases: GatewayLeases;
    let pass: (ms: number) => Promise<void>;

    beforeEach(async () => {
      ({ registry, leases, pass } = await open());
      await leases.take(leaseOf('gateway-a'));
      await leases.take(leaseOf('gateway-b'));
    });

    it('finds a session from the moment its registration resolved', async () => {
      const phone = session('1', 'phone');
      expect(await registry.register(phone)).toBeNull();
      expect(await registry.sessionsOf(['1'])).toEqual(new Map([['1', [phone]]]));
    });

    it('keeps the sessions of a user apart by device', async () => {
      const phone = session('1', 'phone');
      const laptop = session('1', 'laptop', { gateway: 'gateway-b' });
      await registry.register(phone);
      expect(await registry.register(laptop)).toBeNull();
      const found = (await registry.sessionsOf(['1'])).get('1');
      expect(found).toHaveLength(2);
      expect(found).toEqual(expect.arrayContaining([phone, laptop]));
    });

    it('gives a device to its newest session and names the one that was replaced', async () => {
      const older = session('1', 'phone');
      const newer = session('1', 'phone', { gateway: 'gateway-b' });
      await registry.register(older);
      expect(await registry.register(newer)).toEqual(older);
      expect(await registry.sessionsOf(['1'])).toEqual(new Map([['1', [newer]]]));
    });

    it('gives the place to who registers, whatever the clocks of the gateways say', async () => {
      const before = session('1', 'phone', { connected_at: 9_000 });
      const after = session('1', 'phone', { gateway: 'gateway-b', connected_at: 1_000 });
      await registry.register(before);
      expect(await registry.register(after)).toEqual(before);
      expect(await registry.sessionsOf(['1'])).toEqual(new Map([['1', [after]]]));
    });

    it('removes a session that still stands in its place', async () => {
      const phone = session('1', 'phone');
      const laptop = session('1', 'laptop');
      await registry.register(phone);
      await registry.register(laptop);
      expect(await registry.remove(phone)).toBe(true);
      expect(await registry.sessionsOf(['1'])).toEqual(new Map([['1', [laptop]]]));
    });

    it('leaves the newer session alone when the older one is removed late', async () => {
      const older = session('1', 'phone');
      const newer = session('1', 'phone');
      await registry.register(older);
      await registry.register(newer);
      expect(await registry.remove(older)).toBe(false);
      expect(await registry.sessionsOf(['1'])).toEqual(new Map([['1', [newer]]]));
    });

    it('says that a session which is not there was not removed', async () => {
      const phone = session('1', 'phone');
      expect(await registry.remove(phone)).toBe(false);
      await registry.register(phone);
      await registry.remove(phone);
      expect(await registry.remove(phone)).toBe(false);
    });

    it('keeps what a session says of itself, until it says something else', async () => {
      const phone = session('1', 'phone');
      const laptop = session('1', 'laptop', { away: true });
      for (const one of [phone, laptop]) await registry.register(one);
      expect((await registry.sessionsOf(['1'])).get('1')).toEqual(expect.arrayContaining([phone, laptop]));
      expect(await registry.restate({ ...phone, away: true })).toBe(true);
      expect(await registry.restate({ ...laptop, away: undefined })).toBe(true);
      const restated = [{ ...phone, away: true }, session('1', 'laptop', { ...laptop, away: undefined })];
      expect((await registry.sessionsOf(['1'])).get('1')).toEqual(expect.arrayContaining(restated));
      expect(await registry.remove(phone)).toBe(true);
    });

    it('lets no session speak in a place that another has taken, or that is empty', async () => {
      const older = session('1', 'phone');
      const newer = session('1', 'phone');
      expect(await registry.restate(older)).toBe(false);
      await registry.register(older);
      await registry.register(newer);
      expect(await registry.restate({ ...older, away: true })).toBe(false);
      expect(await registry.sessionsOf(['1'])).toEqual(new Map([['1', [newer]]]));
    });

    it('leaves users without a session out of the answer', async () => {
      const phone = session('1', 'phone');
      const gone = session('2', 'phone');
      await registry.register(phone);
      await registry.register(gone);
      await registry.remove(gone);
      expect([...(await registry.sessionsOf(['1', '2', '3'])).keys()]).toEqual(['1']);
      expect(await registry.sessionsOf([])).toEqual(new Map());
    });

    it('lets exactly one of many simultaneous registrations of a device stand, and names every other as replaced', async () => {
      const sessions = Array.from({ length: 20 }, () => session('1', 'phone'));
      const replaced = await Promise.all(sessions.map((one) => registry.register(one)));
      const standing = (await registry.sessionsOf(['1'])).get('1') ?? [];
      expect(standing).toHaveLength(1);
      const named = replaced.filter((one) => one !== null).map((one) => one.session_id);
      expect(named.concat(standing[0].session_id).sort()).toEqual(sessions.map((one) => one.session_id).sort());
    });

    it('counts no session whose lease has lapsed, and those of other gateways as before', async () => {
      const phone = session('1', 'phone');
      const laptop = session('1', 'laptop', { gateway: 'gateway-b' });
      await registry.register(phone);
      await registry.register(laptop);
      expect((await registry.sessionsOf(['1'])).get('1')).toHaveLength(2);
      await pass(LEASE_MS / 2);
      await leases.renew(leaseOf('gateway-b'));
      await pass(LEASE_MS / 2 + NOTICED_MS);
      expect(await registry.sessionsOf(['1'])).toEqual(new Map([['1', [laptop]]]));
    });

    const ends: [string, () => Promise<void>][] = [
      ['released', () => leases.release(leaseOf('gateway-a'))],
      ['taken by a newer incarnation', () => leases.take(leaseOf('gateway-a', 'second'))],
    ];
    it.each(ends)('counts no session whose lease was %s', async (_, end) => {
      await registry.register(session('1', 'phone'));
      expect((await registry.sessionsOf(['1'])).size).toBe(1);
      await end();
      await pass(NOTICED_MS);
      expect(await registry.sessionsOf(['1'])).toEqual(new Map());
    });

    it('finds at once what is registered under a new incarnation, though the old one was counted a moment ago', async () => {
      await registry.register(session('1', 'phone'));
      await registry.sessionsOf(['1']);
      await leases.take(leaseOf('gateway-a', 'second'));
      const again = session('1', 'phone', { incarnation: 'second' });
      await registry.register(again);
      expect(await registry.sessionsOf(['1'])).toEqual(new Map([['1', [again]]]));
    });

    it('names the session that it replaces also when that one no longer counts', async () => {
      const older = session('1', 'phone');
      await registry.register(older);
      await leases.release(leaseOf('gateway-a'));
      expect(await registry.register(session('1', 'phone', { gateway: 'gateway-b' }))).toEqual(older);
    });

    const lapsed: [string, GatewayLease][] = [
      ['of a gateway without a lease', leaseOf('gateway-c')],
      ['under an incarnation that is over', leaseOf('gateway-a', 'zeroth')],
    ];
    it.each(lapsed)('registers nothing %s, and leaves the place as it is', async (_, lease) => {
      const standing = session('1', 'phone');
      await registry.register(standing);
      await expect(registry.register(session('1', 'phone', lease))).rejects.toThrow(LeaseLapsed);
      expect(await registry.sessionsOf(['1'])).toEqual(new Map([['1', [standing]]]));
    });
  });

  reclaimClauses(name, open);
}
