import { describe, expect, it } from 'vitest';
import { EngineUnavailable } from '@parley/contracts';
import { Draining } from '@parley/operability';
import { InMemoryRateLimits, RateLimits } from '@parley/rate-limits';
import { SendLimits } from './send-limits.js';
import { SendQuota } from './send-quota.js';

const limits = new SendLimits({ perSecond: 1, burst: 2 }, { perSecond: 1, burst: 3 });

class AwayRateLimits extends RateLimits {
  take(): Promise<never> {
    return Promise.reject(new EngineUnavailable('redis', 'take a token', new Error('away')));
  }

  giveBack(): Promise<never> {
    return this.take();
  }
}

describe('SendQuota', () => {
  it('counts a user over all conversations, and a conversation over all users', async () => {
    const quota = new SendQuota(new InMemoryRateLimits(() => 0), limits, new Draining());
    expect([await quota.take('1', '7'), await quota.take('1', '8')]).toEqual([null, null]);
    expect(await quota.take('1', '9')).toMatchObject({ code: 'rate_limited', retryAfterMs: 1_000 });
    expect([await quota.take('2', '7'), await quota.take('3', '7')]).toEqual([null, null]);
    expect(await quota.take('4', '7')).toMatchObject({ code: 'rate_limited' });
  });

  it('fails open: while sends cannot be counted at all, they go on', async () => {
    const quota = new SendQuota(new AwayRateLimits(), limits, new Draining());
    for (let i = 0; i < 10; i++) expect(await quota.take('1', '7')).toBeNull();
  });
});
