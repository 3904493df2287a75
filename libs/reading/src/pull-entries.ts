import { Injectable } from '@nestjs/common';
import { EntryReader, type ReadEntry, type ReadLimits } from './entry-reader.js';

/** What a device lacks after a position. */
export interface PulledEntries {
  /** Ascending. */
  entries: ReadEntry[];
  /**
   * The device's new position: everything visible up to here is in the page or was before it. With nothing left it is
   * `max(after_seq, last visible seq)`, so that whoever asks again from here never loops.
   */
  toSeq: number;
  hasMore: boolean;
}

/**
 * The one way in which a device gets what it lacks: at a sync, behind a gap or by `sync:pull`. Null for a user who never
 * was a member, and for an unknown or deleted conversation; a former member gets the rest of the closed intervals.
 */
@Injectable()
export class PullEntries {
  constructor(private readonly reader: EntryReader) {}

  async execute(
    userId: string,
    conversationId: string,
    afterSeq: number,
    limits: ReadLimits,
  ): Promise<PulledEntries | null> {
    const conversation = await this.reader.open(userId, conversationId);
    if (conversation.visibility.isEmpty) return null;
    const { entries, position, hasMore } = await this.reader.forward(conversation, afterSeq, limits);
    return { entries, toSeq: position, hasMore };
  }

  /** Where `execute` answers null: the deletion that ended the user's membership, if one did. */
  ending(userId: string, conversationId: string): Promise<ReadEntry | null> {
    return this.reader.ending(userId, conversationId);
  }
}
