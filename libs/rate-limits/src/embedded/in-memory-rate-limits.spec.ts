import { describe, expect, it } from 'vitest';
import { rateLimitsContract } from '../testing/rate-limits.contract.js';
import { InMemoryRateLimits } from './in-memory-rate-limits.js';

rateLimitsContract('InMemoryRateLimits', async () => {
  let now = 1_000_000;
  return {
    limits: new InMemoryRateLimits(() => now),
    pass: async (ms) => {
      now += ms;
    },
  };
});

describe('InMemoryRateLimits', () => {
  const rule = { perSecond: 10, burst: 5 };

  it('forgets buckets that are full again, so that memory follows the recent traffic', async () => {
    let now = 0;
    const limits = new InMemoryRateLimits(() => now);
    for (let user = 0; user < 10_000; user++) await limits.take(`user ${user}`, rule);
    expect(limits.size).toBe(10_000);
    now += 1_000;
    for (let attempt = 0; attempt < 10_000; attempt++) {
      await limits.take('the only one left', rule);
      now += 100;
    }
    expect(limits.size).toBe(1);
  });

  it('keeps every bucket that still owes tokens while it forgets others', async () => {
    let now = 0;
    const limits = new InMemoryRateLimits(() => now);
    const slow = { perSecond: 0.1, burst: 1 };
    await limits.take('slow', slow);
    for (let user = 0; user < 1_000; user++) {
      now += 1;
      await limits.take(`user ${user}`, rule);
    }
    expect(await limits.take('slow', slow)).toEqual({ ok: false, retryAfterMs: 9_000 });
  });
});
