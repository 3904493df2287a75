import { beforeEach, describe, expect, it } from 'vitest';
import { LEASE_MS, RENEW_EVERY_MS, type GatewayLease, type GatewayLeases } from '../gateway-leases.js';

/** Leases of which none is taken, and the two things that happen to them. */
export interface GatewayLeasesUnderTest {
  leases: GatewayLeases;
  /** Lets time pass for the leases. */
  pass: (ms: number) => Promise<void>;
  /** The engine loses everything. */
  wipe: () => Promise<void>;
}

/** What all gateway leases do. */
export function gatewayLeasesContract(name: string, open: () => Promise<GatewayLeasesUnderTest>): void {
  describe(`${name} as gateway leases`, () => {
    const first: GatewayLease = { gateway: 'gateway-a:7000', incarnation: 'first' };
    const second: GatewayLease = { gateway: 'gateway-a:7000', incarnation: 'second' };
    const other: GatewayLease = { gateway: 'gateway-b:7000', incarnation: 'first' };
    let leases: GatewayLeases;
    let pass: (ms: number) => Promise<void>;
    let wipe: () => Promise<void>;

    beforeEach(async () => {
      ({ leases, pass, wipe } = await open());
    });

    it('renews a lease for as long as somebody comes back in time', async () => {
      await leases.take(first);
      for (let passed = 0; passed < 2 * LEASE_MS; passed += RENEW_EVERY_MS) {
        await pass(RENEW_EVERY_MS);
        expect(await leases.renew(first)).toBe(true);
      }
    });

    it('counts the lease from its latest renewal', async () => {
      await leases.take(first);
      await pass(LEASE_MS - 500);
      expect(await leases.renew(first)).toBe(true);
      await pass(LEASE_MS - 500);
      expect(await leases.renew(first)).toBe(true);
    });

    it('lets a lease lapse that nobody renews, and never brings it back', async () => {
      await leases.take(first);
      await pass(LEASE_MS + 1);
      expect(await leases.renew(first)).toBe(false);
      expect(await leases.renew(first)).toBe(false);
    });

    it('does not bring a lease back that was wiped', async () => {
      await leases.take(first);
      await wipe();
      expect(await leases.renew(first)).toBe(false);
      await leases.take(second);
      expect(await leases.renew(second)).toBe(true);
    });

    it('does not start a lease by renewing it', async () => {
      expect(await leases.renew(first)).toBe(false);
      expect(await leases.renew(first)).toBe(false);
    });

    it('gives a gateway to its newest incarnation; the older one can neither renew nor release', async () => {
      await leases.take(first);
      await leases.take(second);
      expect(await leases.renew(first)).toBe(false);
      await leases.release(first);
      expect(await leases.renew(second)).toBe(true);
    });

    it('ends a lease at once when it is released, also a second time', async () => {
      await leases.take(first);
      await leases.release(first);
      expect(await leases.renew(first)).toBe(false);
      await expect(leases.release(first)).resolves.toBeUndefined();
    });

    it('shows the gateways whose leases live, with the sessions that each told of at its last renewal', async () => {
      expect(await leases.living()).toEqual([]);
      await leases.take(other);
      await leases.take(first);
      await pass(1_000);
      await leases.renew(other, 17);
      const left = (max: number) => expect.toSatisfy((ms: number) => ms > max - 1_000 && ms <= max);
      expect(await leases.living()).toEqual([
        { ...first, sessions: 0, lapses_in_ms: left(LEASE_MS - 1_000) },
        { ...other, sessions: 17, lapses_in_ms: left(LEASE_MS) },
      ]);
    });

    it('shows no gateway whose lease was released, has lapsed or was wiped', async () => {
      await leases.take(first);
      await leases.take(other);
      await leases.release(first);
      expect(await leases.living()).toMatchObject([other]);
      await pass(LEASE_MS + 1);
      expect(await leases.living()).toEqual([]);
      await leases.take(second);
      expect(await leases.living()).toMatchObject([{ ...second, sessions: 0 }]);
      await wipe();
      expect(await leases.living()).toEqual([]);
    });

    it('tells which of many leases live', async () => {
      await leases.take(first);
      await leases.take(other);
      expect(await leases.livingOf([first, second, other])).toEqual([first, other]);
      await pass(LEASE_MS / 2);
      await leases.renew(other);
      await pass(LEASE_MS / 2 + 1);
      expect(await leases.livingOf([first, second, other])).toEqual([other]);
      await wipe();
      expect(await leases.livingOf([other])).toEqual([]);
      expect(await leases.livingOf([])).toEqual([]);
    });

    it('keeps gateways apart that chose the same incarnation', async () => {
      await leases.take(first);
      await leases.take(other);
      await leases.release(first);
      expect(await leases.renew(other)).toBe(true);
    });
  });
}
