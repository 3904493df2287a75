import { RateLimits, type RateRule } from '../rate-limits.js';

/** Far below a millisecond, far above what adding up times in floating point loses. */
const ROUNDING_MS = 1e-6;
/** Buckets that each attempt looks at to find full ones: more than it can add, so the map stays in step with the traffic. */
const LOOKED_AT = 2;

/**
 * Token buckets of one process. A bucket is one number, the time at which it will be full again: a token costs
 * 1000 / perSecond milliseconds and may be taken while the bucket would be full within burst such spans. This is the
 * generic cell rate algorithm (ITU-T I.371, annex A) and behaves exactly like counting tokens.
 */
export class InMemoryRateLimits extends RateLimits {
  private readonly fullAt = new Map<string, number>();
  /** Goes round and round over the live map; a full bucket that it meets is forgotten, since a new one is full too. */
  private round = this.fullAt.entries();

  /** `now`: a monotonic clock in milliseconds. */
  constructor(private readonly now: () => number = () => performance.now()) {
    super();
  }

  override async take(bucket: string, rule: RateRule): Promise<{ ok: true } | { ok: false; retryAfterMs: number }> {
    const now = this.now();
    this.forgetFullOnes(now);
    const perToken = 1000 / rule.perSecond;
    const fullAt = Math.max(this.fullAt.get(bucket) ?? now, now) + perToken;
    const tooEarly = fullAt - now - rule.burst * perToken;
    if (tooEarly > ROUNDING_MS) return { ok: false, retryAfterMs: Math.max(1, Math.ceil(tooEarly)) };
    this.fullAt.set(bucket, fullAt);
    return { ok: true };
  }

  override async giveBack(bucket: string, rule: RateRule): Promise<void> {
    const fullAt = this.fullAt.get(bucket);
    // A time in the past is a full bucket: it never holds more than a burst.
    if (fullAt !== undefined) this.fullAt.set(bucket, fullAt - 1000 / rule.perSecond);
  }

  /** Buckets in memory, for watching that they are bounded by the recent traffic. */
  get size(): number {
    return this.fullAt.size;
  }

  private forgetFullOnes(now: number): void {
    for (let looked = 0; looked < LOOKED_AT; looked++) {
      const next = this.round.next();
      if (next.done) {
        this.round = this.fullAt.entries();
        return;
      }
      const [bucket, fullAt] = next.value;
      if (fullAt <= now) this.fullAt.delete(bucket);
    }
  }
}
