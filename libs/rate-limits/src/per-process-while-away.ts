import { EngineUnavailable } from '@parley/contracts';
import { RateLimits, type RateRule } from './rate-limits.js';

/**
 * Limits shared by a fleet, and those of this process alone while the shared ones are away. Nobody is refused for want of
 * an engine and nobody is without limits: with N processes at most N times as much passes, and what was used up before
 * counts again afterwards.
 */
export class PerProcessWhileAway extends RateLimits {
  constructor(
    private readonly shared: RateLimits,
    private readonly own: RateLimits,
  ) {
    super();
  }

  override take(bucket: string, rule: RateRule): Promise<{ ok: true } | { ok: false; retryAfterMs: number }> {
    return this.withThoseThereAre((limits) => limits.take(bucket, rule));
  }

  /** To whichever limits there are now: a bucket that gets back what another one gave is full at most. */
  override giveBack(bucket: string, rule: RateRule): Promise<void> {
    return this.withThoseThereAre((limits) => limits.giveBack(bucket, rule));
  }

  private async withThoseThereAre<T>(use: (limits: RateLimits) => Promise<T>): Promise<T> {
    try {
      return await use(this.shared);
    } catch (error) {
      if (!(error instanceof EngineUnavailable)) throw error;
      return await use(this.own);
    }
  }
}
