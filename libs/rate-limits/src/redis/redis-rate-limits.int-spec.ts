import { setTimeout as sleep } from 'node:timers/promises';
import { engineAddresses } from '@parley/harness';
import type { RedisClient } from '@parley/redis-connection';
import { RedisNamespace } from '@parley/redis-connection/testing';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { rateLimitsContract } from '../testing/rate-limits.contract.js';
import { RedisRateLimits } from './redis-rate-limits.js';

let namespace: RedisNamespace;

beforeAll(async () => {
  namespace = await RedisNamespace.open(engineAddresses().redisUrl);
});
afterAll(() => namespace.close());

rateLimitsContract('RedisRateLimits', async () => {
  await namespace.wipe();
  // The clock is Redis's own; a timer of ours may fire a millisecond early.
  return { limits: new RedisRateLimits(await namespace.client()), pass: (ms) => sleep(ms + 2) };
});

describe('RedisRateLimits', () => {
  let redis: RedisClient;
  let limits: RedisRateLimits;

  beforeEach(async () => {
    await namespace.wipe();
    redis = await namespace.client();
    limits = new RedisRateLimits(redis);
  });

  const lifeOf = (key: string) => redis.ask('time to live', (commands) => commands.pttl(key));

  it('keeps a bucket for as long as it is not full', async () => {
    const rule = { perSecond: 0.5, burst: 10 };
    await limits.take('user:1', rule);
    await limits.take('user:1', rule);
    expect(await lifeOf('rate:user:1')).toBeGreaterThan(3_000);
    expect(await lifeOf('rate:user:1')).toBeLessThanOrEqual(4_000);
    await limits.giveBack('user:1', rule);
    expect(await lifeOf('rate:user:1')).toBeLessThanOrEqual(2_000);
    await limits.giveBack('user:1', rule);
    expect(await namespace.keys()).toEqual([]);
  });

  it('counts over all processes', async () => {
    const elsewhere = new RedisRateLimits(await namespace.client());
    const rule = { perSecond: 0.1, burst: 2 };
    await limits.take('user:1', rule);
    await elsewhere.take('user:1', rule);
    expect((await limits.take('user:1', rule)).ok).toBe(false);
  });

  it("locks nobody out for longer than an empty bucket takes to fill when Redis's clock is set back", async () => {
    const rule = { perSecond: 10, burst: 5 };
    const inAnHour = String(Date.now() + 3_600_000);
    await redis.ask('a bucket from the future', (commands) => commands.set('rate:user:1', inAnHour));
    const refused = await limits.take('user:1', rule);
    expect(refused).toEqual({ ok: false, retryAfterMs: 100 });
  });
});
