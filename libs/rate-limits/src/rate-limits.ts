/** A token bucket: `perSecond` tokens flow in, at most `burst` are kept. */
export interface RateRule {
  perSecond: number;
  burst: number;
}

/**
 * Token buckets shared by all processes. A bucket that was never used, or not for burst / perSecond seconds, is full.
 *
 * Both methods reject when the engine does not answer. Who calls says in its docstring what happens then: whether it lets
 * pass (fails open) or refuses (fails closed).
 */
export abstract class RateLimits {
  /**
   * Takes one token from the bucket, or none: then `retryAfterMs` (at least 1) is the time until one is there. Attempts
   * that are refused cost nothing.
   */
  abstract take(bucket: string, rule: RateRule): Promise<{ ok: true } | { ok: false; retryAfterMs: number }>;

  /**
   * Puts one token back that `take` took, for an attempt that turned out not to count (a login with the right password).
   * The bucket never holds more than `burst`.
   */
  abstract giveBack(bucket: string, rule: RateRule): Promise<void>;
}
