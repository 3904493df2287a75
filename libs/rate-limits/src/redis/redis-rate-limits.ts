import { RedisScript, type RedisClient } from '@parley/redis-connection';
import { RateLimits, type RateRule } from '../rate-limits.js';

/**
 * A bucket is one number, the time at which it will be full again, in milliseconds of Redis's clock; see
 * `InMemoryRateLimits` for the algorithm. It lives until then, since one that is not there is full.
 *
 * Redis's clock may be set back: a bucket is never further from full than an empty one.
 *
 * KEYS: the bucket. ARGV: milliseconds per token, burst.
 */
const BUCKET = `
local per_token, burst = tonumber(ARGV[1]), tonumber(ARGV[2])
local time = redis.call('TIME')
local now = time[1] * 1000 + time[2] / 1000
local full_at = math.min(tonumber(redis.call('GET', KEYS[1]) or now), now + burst * per_token)
local function keep(full_at)
  redis.call('SET', KEYS[1], string.format('%.3f', full_at), 'PX', math.ceil(full_at - now))
end`;

/** Returns 0 when a token was taken, otherwise the milliseconds until there is one. Below 0.01 ms is rounding. */
const TAKE = `${BUCKET}
local after = math.max(full_at, now) + per_token
local too_early = after - now - burst * per_token
if too_early > 0.01 then return math.max(1, math.ceil(too_early)) end
keep(after)
return 0`;

const GIVE_BACK = `${BUCKET}
local after = full_at - per_token
if after > now then keep(after) else redis.call('DEL', KEYS[1]) end
return 0`;

/** Token buckets of a fleet. Both methods reject with `EngineUnavailable` while Redis is away. */
export class RedisRateLimits extends RateLimits {
  private readonly taking: RedisScript;
  private readonly givingBack: RedisScript;

  constructor(redis: RedisClient) {
    super();
    this.taking = new RedisScript(redis, 'take a token', TAKE);
    this.givingBack = new RedisScript(redis, 'give a token back', GIVE_BACK);
  }

  override async take(bucket: string, rule: RateRule): Promise<{ ok: true } | { ok: false; retryAfterMs: number }> {
    const waitMs = (await this.taking.run([bucketKey(bucket)], 1000 / rule.perSecond, rule.burst)) as number;
    return waitMs === 0 ? { ok: true } : { ok: false, retryAfterMs: waitMs };
  }

  override async giveBack(bucket: string, rule: RateRule): Promise<void> {
    await this.givingBack.run([bucketKey(bucket)], 1000 / rule.perSecond, rule.burst);
  }
}

function bucketKey(bucket: string): string {
  return `rate:${bucket}`;
}
