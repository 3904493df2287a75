import { Injectable } from '@nestjs/common';
import { rejected, type ReadMarkView, type Rejection } from '@parley/contracts';
import { ConversationStore, InboxStore, type InboxRow } from '@parley/message-store';
import { EntryReader, unreadCount } from '@parley/reading';

/**
 * Raises a member's read mark to the last entry at or below `seq` that the member may see; a lower one changes nothing.
 * `validation_failed` above the head, `not_found` for everybody who is no member.
 */
@Injectable()
export class MarkRead {
  constructor(
    private readonly reader: EntryReader,
    private readonly store: ConversationStore,
    private readonly inbox: InboxStore,
  ) {}

  async execute(userId: string, conversationId: string, seq: number): Promise<ReadMarkView | Rejection> {
    const { head, visibility } = await this.reader.open(userId, conversationId);
    const row = await this.inbox.readRow(userId, conversationId);
    if (!row || visibility.floor === null) return rejected('not_found');
    if (seq > head) return aboveHead();
    const readSeq = visibility.lastUpTo(seq);
    if (readSeq <= row.read_seq) return markOf(row);
    const readN = await this.messagesUpTo(conversationId, readSeq);
    if (readN === null) return rejected('unavailable', 'That entry cannot be read yet');
    await this.inbox.raiseRead(userId, conversationId, readSeq, readN);
    return markOf({ ...row, read_seq: readSeq, read_n: readN });
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
