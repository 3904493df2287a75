import { Injectable } from '@nestjs/common';
import {
  ConversationStore,
  InboxStore,
  type BlockChangeRow,
  type HeadRow,
  type InboxWrite,
} from '@parley/message-store';
import type { Sequenced } from '../sequencing/sequence.js';

/**
 * Stores what a batch decided, in the two steps that readers rely on: rows first; heads and inboxes only when every row
 * below them stands. Both steps may be repeated.
 */
@Injectable()
export class StoreEntries {
  constructor(
    private readonly store: ConversationStore,
    private readonly inbox: InboxStore,
  ) {}

  async storeRows(batch: readonly Sequenced[], blockChanges: readonly BlockChangeRow[] = []): Promise<void> {
    const rows = [...batch.flatMap((each) => each.rows), ...blockChanges];
    if (rows.length > 0) await this.store.write(rows);
  }

  /** One head per conversation and one write per inbox row: within a batch the last one holds what the earlier ones said. */
  async moveHeads(batch: readonly Sequenced[]): Promise<void> {
    if (batch.length === 0) return;
    const heads = new Map<string, HeadRow>();
    const inbox = new Map<string, InboxWrite>();
    for (const { entry, inbox: writes } of batch) {
      const { conversation_id, seq } = entry;
      heads.set(conversation_id, { row: 'head', conversation_id, last_seq: seq });
      for (const write of writes) {
        const key = `${write.user_id}/${conversation_id}`;
        inbox.set(key, { ...inbox.get(key), ...write });
      }
    }
    await Promise.all([this.store.write([...heads.values()]), this.inbox.write([...inbox.values()])]);
  }
}
