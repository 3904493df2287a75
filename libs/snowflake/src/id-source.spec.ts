import { Logger } from '@nestjs/common';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { InMemoryWorkerLeases } from './embedded/in-memory-worker-leases.js';
import { IdSource, IdsUnavailable, RENEW_EVERY_MS, RETRY_AFTER_MS } from './id-source.js';
import { decode, timestampOf, WORKERS } from './snowflake-id.js';
import { ManualClock, ReachableLeases } from './testing/index.js';
import { LEASE_TTL_MS } from './worker-lease.js';

beforeEach(() => {
  vi.useFakeTimers();
  Logger.overrideLogger(false);
});
afterEach(() => vi.useRealTimers());

describe('the id source', () => {
  const clock = new ManualClock();
  let store: InMemoryWorkerLeases;
  let leases: ReachableLeases;
  let ids: IdSource;

  const pass = async (ms: number): Promise<void> => {
    for (let left = ms; left > 0; left -= 1_000) {
      clock.advance(Math.min(left, 1_000));
      await vi.advanceTimersByTimeAsync(Math.min(left, 1_000));
    }
  };

  beforeEach(async () => {
    store = new InMemoryWorkerLeases(clock);
    leases = new ReachableLeases(store);
    ids = new IdSource(leases, clock);
    await ids.start();
  });

  it('gives ids of the leased worker from the start to the stop', async () => {
    expect(decode(ids.next())).toEqual({ timestampMs: clock.wallMs(), worker: 0, sequence: 0 });
    expect(ids.ready()).toBe(true);
    await ids.stop();
    expect(ids.ready()).toBe(false);
    expect(() => ids.next()).toThrow(new IdsUnavailable('no_lease'));
  });

  it('gives none before the start, nor when all worker ids are held', async () => {
    for (let held = 1; held < WORKERS; held += 1) await store.acquire('another');
    const late = new IdSource(store, clock);
    expect(() => late.next()).toThrow(IdsUnavailable);
    await expect(late.start()).rejects.toThrow(IdsUnavailable);
    expect(late.ready()).toBe(false);
  });

  it('renews each minute and never runs dry', async () => {
    leases.calls = [];
    await pass(RENEW_EVERY_MS * 30);
    expect(leases.calls).toEqual(Array.from({ length: 30 }, () => 'renew'));
    expect(ids.ready()).toBe(true);
  });

  it('stops at two thirds of the lease when it cannot renew, and goes on with the first renewal', async () => {
    leases.isDown = true;
    await pass((LEASE_TTL_MS * 2) / 3);
    expect(ids.ready()).toBe(true);
    await pass(1_000);
    expect(ids.ready()).toBe(false);
    expect(() => ids.next()).toThrow(new IdsUnavailable('lease_lapsed'));
    leases.isDown = false;
    await pass(RETRY_AFTER_MS);
    expect(decode(ids.next()).worker).toBe(0);
  });

  it('takes another lease when it has lost its own', async () => {
    leases.isDown = true;
    await pass(LEASE_TTL_MS + 1_000);
    expect((await store.acquire('another'))?.workerId).toBe(0);
    leases.isDown = false;
    await pass(RETRY_AFTER_MS);
    expect(decode(ids.next()).worker).toBe(1);
  });

  it('hands the worker id on at the stop, with the time of its last id', async () => {
    const last = ids.next();
    await ids.stop();
    expect(await store.acquire('another')).toMatchObject({ workerId: 0, lastTimeMs: timestampOf(last) });
  });

  it('stops quietly while the leases are out of reach, and renews no more', async () => {
    leases.isDown = true;
    await ids.stop();
    leases.calls = [];
    await pass(LEASE_TTL_MS);
    expect(leases.calls).toEqual([]);
  });

  it('gives back what a renewal under way takes when it is stopped meanwhile', async () => {
    const [mine] = [await store.acquire('another'), await store.acquire('another')];
    vi.spyOn(store, 'renew').mockImplementationOnce(() => Promise.resolve('lost'));
    clock.advance(RENEW_EVERY_MS);
    vi.advanceTimersByTime(RENEW_EVERY_MS);
    await ids.stop();
    expect(mine?.workerId).toBe(1);
    expect(leases.calls.slice(-3)).toEqual(['acquire', 'renew', 'release']);
  });
});
