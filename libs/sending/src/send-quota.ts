import { Injectable } from '@nestjs/common';
import { rejected, type Rejection } from '@parley/contracts';
import { Draining } from '@parley/operability';
import { RateLimits } from '@parley/rate-limits';
import { SendLimits } from './send-limits.js';

/** Another server takes the send by then, or this one is back. */
const DRAINING_MS = 1_000;

/**
 * Whether one more send may go on: none does while this process is going away, so that those under way come to their end;
 * and there are limits per user over everything the user sends, and per conversation over everything it takes. They fail
 * open: while they cannot be counted at all, not even by this process alone, sends go on.
 */
@Injectable()
export class SendQuota {
  constructor(
    private readonly rates: RateLimits,
    private readonly limits: SendLimits,
    private readonly draining: Draining,
  ) {}

  /** Takes one send; without a conversation only the user's limit counts. Null: go on. */
  async take(userId: string, conversationId: string | null): Promise<Rejection | null> {
    if (this.draining.isDraining) return rejected('draining', undefined, { retryAfterMs: DRAINING_MS });
    const byUser = await this.taken(`send:user:${userId}`, this.limits.user);
    if (byUser) return byUser;
    return conversationId === null ? null : this.taken(`send:conversation:${conversationId}`, this.limits.conversation);
  }

  private async taken(bucket: string, rule: SendLimits['user']): Promise<Rejection | null> {
    const taken = await this.rates.take(bucket, rule).catch(() => ({ ok: true }) as const);
    return taken.ok ? null : rejected('rate_limited', undefined, { retryAfterMs: taken.retryAfterMs });
  }
}
