import { Injectable } from '@nestjs/common';
import { rejected, type ReadMarkView, type Rejection } from '@parley/contracts';
import { ConversationStore, InboxStore, type InboxRow } from '@parley/message-store';
import { AnnounceReceipts } from './announce-receipts.js';
import { EntryReader } from './entry-reader.js';
import { unreadCount } from './unread-count.js';

/**
 * Raises a member's read mark to the last entry at or below `seq` that the member may see, and announces it; a lower one
 * changes nothing. Answers with the mark as it stands then, also where another device has raised it further.
 * `validation_failed` above the head, `not_found` for everybody who is no member. `deviceId`: null for REST.
 */
@Injectable()
export class MarkRead {
  constructor(
    private readonly reader: EntryReader,
    private readonly store: ConversationStore,
    private readonly inbox: InboxStore,
    private readonly receipts: AnnounceReceipts,
  ) {}

  async execute(
    userId: string,
    conversationId: string,
    seq: number,
    deviceId: string | null,
  ): Promise<ReadMarkView | Rejection> {
    const { head, visibility } = await this.reader.open(userId, conversationId);
    const row = await this.inbox.readRow(userId, conversationId);
    if (!row || visibility.floor === null) return rejected('not_found');
    if (seq > head) return aboveHead();
    const readSeq = visibility.lastUpTo(seq);
    if (readSeq <= row.read_seq) return markOf(row);
    const readN = await this.messagesUpTo(conversationId, readSeq);
    if (readN === null) return rejected('unavailable', 'That entry cannot be read yet');
    await this.inbox.raiseRead(userId, conversationId, readSeq, readN);
    this.receipts.request(userId, conversationId, deviceId);
    const raised = await this.inbox.readRow(userId, conversationId);
    return raised ? markOf(raised) : rejected('not_found');
  }

  private async messagesUpTo(conversationId: string, seq: number): Promise<number | null> {
    const range = { from: seq, to: seq, limit: 1, order: 'ascending' } as const;
    const [entry] = await this.store.readEntries(conversationId, range);
    return entry?.n ?? null;
  }
}

function markOf(row: InboxRow): ReadMarkView {
  return { conversation_id: row.conversation_id, read_seq: row.read_seq, unread_count: unreadCount(row) };
}

function aboveHead(): Rejection {
  const message = 'is above the last entry of the conversation';
  return rejected('validation_failed', `seq ${message}`, { faults: [{ path: 'seq', message }] });
}
