import { Injectable } from '@nestjs/common';
import { rejected, type Rejection } from '@parley/contracts';
import { RateLimits } from '@parley/rate-limits';
import { SendLimits } from './send-limits.js';

/**
 * The rate limits of sending: per user over everything the user sends, per conversation over everything it takes. Fails
 * open: while the limits are away, sends go on.
 */
@Injectable()
export class SendQuota {
  constructor(
    private readonly rates: RateLimits,
    private readonly limits: SendLimits,
  ) {}

  /** Takes one send; without a conversation only the user's limit counts. Null: go on. */
  async take(userId: string, conversationId: string | null): Promise<Rejection | null> {
    const byUser = await this.taken(`send:user:${userId}`, this.limits.user);
    if (byUser) return byUser;
    return conversationId === null ? null : this.taken(`send:conversation:${conversationId}`, this.limits.conversation);
  }

  private async taken(bucket: string, rule: SendLimits['user']): Promise<Rejection | null> {
    const taken = await this.rates.take(bucket, rule).catch(() => ({ ok: true }) as const);
    return taken.ok ? null : rejected('rate_limited', undefined, { retryAfterMs: taken.retryAfterMs });
  }
}
