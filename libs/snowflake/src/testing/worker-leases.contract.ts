import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { WORKERS } from '../snowflake-id.js';
import { LEASE_TTL_MS, type WorkerLease, type WorkerLeases } from '../worker-lease.js';

/** One store of leases, empty at first, and a hand on its clock. */
export interface WorkerLeasesUnderTest {
  leases: WorkerLeases;
  /** Lets `ms` milliseconds pass for the store; moving every expiry back by as much does as well. */
  advance(ms: number): Promise<void>;
  close(): Promise<void>;
}

const A_TIME = Date.UTC(2026, 0, 1);

/** What every adapter of WorkerLeases must do. */
export function workerLeasesContract(adapter: string, open: () => Promise<WorkerLeasesUnderTest>): void {
  describe(`worker leases: ${adapter}`, () => {
    let store: WorkerLeasesUnderTest;
    let leases: WorkerLeases;

    const acquire = async (): Promise<WorkerLease> => {
      const lease = await leases.acquire('host:1');
      if (!lease) throw new Error('No worker id is free');
      return lease;
    };
    const acquireMany = (count: number): Promise<WorkerLease[]> => Promise.all(Array.from({ length: count }, acquire));

    beforeEach(async () => {
      store = await open();
      leases = store.leases;
    });
    afterEach(() => store.close());

    describe('acquire', () => {
      it('gives the lowest worker id first, with no stored time and the full length', async () => {
        expect(await acquire()).toMatchObject({ workerId: 0, lastTimeMs: 0, ttlMs: LEASE_TTL_MS });
        expect(await acquire()).toMatchObject({ workerId: 1 });
      });

      it('fills the lowest gap', async () => {
        const [, second] = [await acquire(), await acquire(), await acquire()];
        await leases.release(second, A_TIME);
        expect((await acquire()).workerId).toBe(second.workerId);
        expect((await acquire()).workerId).toBe(3);
      });

      it('gives different worker ids and tokens to holders that ask at the same moment', async () => {
        const given = await acquireMany(20);
        expect(new Set(given.map((lease) => lease.workerId)).size).toBe(20);
        expect(new Set(given.map((lease) => lease.token)).size).toBe(20);
      });

      it('answers undefined when all 1,024 are held, until one is free', async () => {
        let last = await acquire();
        for (let held = 1; held < WORKERS; held += 1) last = await acquire();
        expect(await leases.acquire('host:1')).toBeUndefined();
        await leases.release(last, A_TIME);
        expect((await acquire()).workerId).toBe(last.workerId);
      }, 60_000);

      it('does not give a worker id again before it expires, and does afterwards', async () => {
        await acquire();
        await store.advance(LEASE_TTL_MS - 5_000);
        expect((await acquire()).workerId).toBe(1);
        await store.advance(6_000);
        expect((await acquire()).workerId).toBe(0);
      });
    });

    describe('renew', () => {
      it('lets the lease last its full length from then on', async () => {
        const lease = await acquire();
        await store.advance(LEASE_TTL_MS - 5_000);
        expect(await leases.renew(lease, A_TIME)).toBe('renewed');
        await store.advance(LEASE_TTL_MS - 5_000);
        expect((await acquire()).workerId).not.toBe(lease.workerId);
      });

      it('stores the time, and the next holder gets it after the lease has expired', async () => {
        const lease = await acquire();
        await leases.renew(lease, A_TIME);
        await leases.renew(lease, A_TIME + 60_000);
        await store.advance(LEASE_TTL_MS + 1_000);
        expect(await acquire()).toMatchObject({ workerId: lease.workerId, lastTimeMs: A_TIME + 60_000 });
      });

      it('never lowers the stored time, so a call that arrives late does no harm', async () => {
        const lease = await acquire();
        await leases.renew(lease, A_TIME + 60_000);
        expect(await leases.renew(lease, A_TIME)).toBe('renewed');
        await store.advance(LEASE_TTL_MS + 1_000);
        expect((await acquire()).lastTimeMs).toBe(A_TIME + 60_000);
      });

      it('may be repeated', async () => {
        const lease = await acquire();
        expect([await leases.renew(lease, A_TIME), await leases.renew(lease, A_TIME)]).toEqual(['renewed', 'renewed']);
      });

      it('revives an expired lease whose worker id nobody has taken', async () => {
        const lease = await acquire();
        await store.advance(LEASE_TTL_MS + 1_000);
        expect(await leases.renew(lease, A_TIME)).toBe('renewed');
        expect((await acquire()).workerId).not.toBe(lease.workerId);
      });

      it('answers lost when another holder has the worker id, and leaves that one alone', async () => {
        const lost = await acquire();
        await store.advance(LEASE_TTL_MS + 1_000);
        const present = await acquire();
        await leases.renew(present, A_TIME);
        expect(present.workerId).toBe(lost.workerId);
        expect(await leases.renew(lost, A_TIME + 9_999)).toBe('lost');
        await leases.release(present, A_TIME + 1);
        expect(await acquire()).toMatchObject({ workerId: lost.workerId, lastTimeMs: A_TIME + 1 });
      });

      it('answers lost after a release', async () => {
        const lease = await acquire();
        await leases.release(lease, A_TIME);
        expect(await leases.renew(lease, A_TIME + 9_999)).toBe('lost');
        expect((await acquire()).lastTimeMs).toBe(A_TIME);
      });
    });

    describe('release', () => {
      it('frees the worker id at once and hands the time of the last id on, also when it is lower', async () => {
        const lease = await acquire();
        await leases.renew(lease, A_TIME + 400_000);
        await leases.release(lease, A_TIME);
        expect(await acquire()).toMatchObject({ workerId: lease.workerId, lastTimeMs: A_TIME });
      });

      it('has no effect on a lease that is lost', async () => {
        const lost = await acquire();
        await store.advance(LEASE_TTL_MS + 1_000);
        const present = await acquire();
        await leases.renew(present, A_TIME);
        await leases.release(lost, A_TIME + 9_999);
        expect((await acquire()).workerId).not.toBe(present.workerId);
        expect(await leases.renew(present, A_TIME)).toBe('renewed');
      });

      it('may be repeated', async () => {
        const lease = await acquire();
        await leases.release(lease, A_TIME);
        await leases.release(lease, A_TIME + 1);
        expect((await acquire()).lastTimeMs).toBe(A_TIME);
      });
    });
  });
}
