import { Injectable } from '@nestjs/common';
import { limits, rejected, type AnswerOf, type PullDto, type Rejection } from '@parley/contracts';
import { PullEntries } from '@parley/reading';
import type { Session } from '../connections/session.js';

/** `sync:pull`s of one session that are answered at once. */
const MOST_PULLS = 4;
const RETRY_AFTER_MS = 200;

/**
 * `sync:pull`: what lies after a position, as far as the caller may see it. Moves no cursor. Its answers lie outside the
 * window: a client that asks and does not read is refused, or it would fill the memory with them.
 */
@Injectable()
export class AnswerPull {
  constructor(private readonly pullEntries: PullEntries) {}

  async execute(session: Session, pull: PullDto): Promise<AnswerOf<'sync:pull'> | Rejection> {
    if (session.pulls >= MOST_PULLS || session.backlogBytes > limits.BATCH_BYTES) {
      return rejected('rate_limited', undefined, { retryAfterMs: RETRY_AFTER_MS });
    }
    session.pulls += 1;
    try {
      return await this.answer(session.identity.userId, pull);
    } finally {
      session.pulls -= 1;
    }
  }

  private async answer(
    userId: string,
    { conversation_id, after_seq, limit }: PullDto,
  ): Promise<AnswerOf<'sync:pull'> | Rejection> {
    const room = { entries: limit, bytes: limits.BATCH_BYTES };
    const page = await this.pullEntries.execute(userId, conversation_id, after_seq, room);
    if (!page) return rejected('not_found', 'No such conversation');
    const messages = page.entries.map(({ entry }) => entry);
    return { ok: true, messages, to_seq: page.toSeq, has_more: page.hasMore };
  }
}
