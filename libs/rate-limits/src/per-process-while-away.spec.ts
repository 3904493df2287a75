import { EngineUnavailable } from '@parley/contracts';
import { beforeEach, describe, expect, it } from 'vitest';
import { InMemoryRateLimits } from './embedded/in-memory-rate-limits.js';
import { PerProcessWhileAway } from './per-process-while-away.js';
import { RateLimits, type RateRule } from './rate-limits.js';
import { rateLimitsContract } from './testing/rate-limits.contract.js';

/** Shared limits that can be taken away. */
class SharedLimits extends RateLimits {
  isAway = false;
  private readonly limits = new InMemoryRateLimits(() => 0);

  override take(bucket: string, rule: RateRule): ReturnType<RateLimits['take']> {
    return this.isAway ? Promise.reject(gone()) : this.limits.take(bucket, rule);
  }

  override giveBack(bucket: string, rule: RateRule): Promise<void> {
    return this.isAway ? Promise.reject(gone()) : this.limits.giveBack(bucket, rule);
  }
}

function gone(): EngineUnavailable {
  return new EngineUnavailable('redis', 'take a token', 'connection refused');
}

for (const isAway of [false, true]) {
  rateLimitsContract(`PerProcessWhileAway (${isAway ? 'away' : 'there'})`, async () => {
    let now = 0;
    const there = new InMemoryRateLimits(() => now);
    const away = new SharedLimits();
    away.isAway = true;
    const limits = isAway ? new PerProcessWhileAway(away, there) : new PerProcessWhileAway(there, away);
    return { limits, pass: async (ms) => void (now += ms) };
  });
}

describe('PerProcessWhileAway', () => {
  const rule = { perSecond: 1, burst: 2 };
  let shared: SharedLimits;
  let processes: PerProcessWhileAway[];

  beforeEach(() => {
    shared = new SharedLimits();
    processes = [0, 1].map(() => new PerProcessWhileAway(shared, new InMemoryRateLimits(() => 0)));
  });

  const taken = async (): Promise<number> => {
    const attempts = processes.flatMap((limits) => [1, 2, 3].map(() => limits.take('user:1', rule)));
    return (await Promise.all(attempts)).filter((one) => one.ok).length;
  };

  it('holds one limit over all processes, and one each while the shared one is away', async () => {
    expect(await taken()).toBe(2);
    shared.isAway = true;
    expect(await taken()).toBe(4);
    expect(await taken()).toBe(0);
  });

  it('goes back to the shared limit, as it was left', async () => {
    await processes[0].take('user:1', rule);
    shared.isAway = true;
    await taken();
    shared.isAway = false;
    expect(await taken()).toBe(1);
  });
});
