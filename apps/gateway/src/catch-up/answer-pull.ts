import { Injectable } from '@nestjs/common';
import { limits, rejected, type Pulled, type PullDto, type Rejection } from '@parley/contracts';
import { PullEntries } from '@parley/reading';

/** `sync:pull`: what lies after a position, as far as the caller may see it. Moves no cursor. */
@Injectable()
export class AnswerPull {
  constructor(private readonly pullEntries: PullEntries) {}

  async execute(userId: string, { conversation_id, after_seq, limit }: PullDto): Promise<Pulled | Rejection> {
    const bytes = limits.BATCH_BYTES;
    const page = await this.pullEntries.execute(userId, conversation_id, after_seq, { entries: limit, bytes });
    if (!page) return rejected('not_found', 'No such conversation');
    const messages = page.entries.map(({ entry }) => entry);
    return { ok: true, messages, to_seq: page.toSeq, has_more: page.hasMore };
  }
}
