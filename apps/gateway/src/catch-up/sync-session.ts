import { Injectable } from '@nestjs/common';
import { limits, type EntryView, type MessageBatch, type SyncDone } from '@parley/contracts';
import type { InboxRow } from '@parley/message-store';
import { PullEntries } from '@parley/reading';
import type { Session } from '../connections/session.js';
import { Deliver } from '../delivery/deliver.js';
import { DeliveryWindow } from '../delivery/delivery-window.js';
import type { Stream } from '../delivery/stream.js';

/**
 * Sends a new session what its device lacks: conversation by conversation, latest activity first, in batches as the
 * window has room, then `sync:done`. Live entries of a conversation wait until its own part is through.
 */
@Injectable()
export class SyncSession {
  constructor(
    private readonly pullEntries: PullEntries,
    private readonly deliver: Deliver,
    private readonly window: DeliveryWindow,
  ) {}

  async execute(session: Session, inbox: readonly InboxRow[]): Promise<void> {
    session.outbound.isSyncing = true;
    try {
      await this.sync(session, inbox);
    } finally {
      session.outbound.isSyncing = false;
    }
  }

  private async sync(session: Session, inbox: readonly InboxRow[]): Promise<void> {
    const done: SyncDone = { delivered: 0, conversations: [] };
    // In one go: a push between the two would start a second reader of what the sync sends.
    session.outbound.open();
    const streams = this.streamsBehind(session, inbox);
    for (const stream of streams) {
      const delivered = await this.syncConversation(session, stream);
      stream.isSyncing = false;
      if (session.closed) return;
      done.delivered += delivered;
      done.conversations.push({ conversation_id: stream.conversationId, last_seq: stream.sentTo });
      if (stream.isBehind) {
        session.outbound.behind.add(stream);
        this.deliver.resume(session);
      }
    }
    session.emit('sync:done', done);
    this.deliver.resume(session);
  }

  private streamsBehind(session: Session, inbox: readonly InboxRow[]): Stream[] {
    const streams = [...inbox]
      .sort((a, b) => b.last_activity_at - a.last_activity_at)
      .map((row) => session.outbound.streamOf(row.conversation_id))
      .filter((stream) => stream.isBehind);
    for (const stream of streams) stream.isSyncing = true;
    return streams;
  }

  /** Up to the head as it was known when the conversation's turn came. Answers the number of entries sent. */
  private async syncConversation(session: Session, stream: Stream): Promise<number> {
    const head = stream.wanted;
    let delivered = 0;
    let skipped = await this.skipFarBehind(session, stream, head);
    while (!session.closed && stream.sentTo < head) {
      const sent = await this.sendBatch(session, stream, skipped);
      if (sent === 'no room') await session.outbound.whenRoom();
      else if (sent === 'not there yet') break;
      else {
        delivered += sent;
        if (sent > 0) skipped = undefined;
      }
    }
    return delivered;
  }

  /**
   * Answers the number of entries in the batch; without any, the position may still have moved over what the user does
   * not see. What is not there yet comes later, as live events.
   */
  private async sendBatch(
    session: Session,
    stream: Stream,
    skipped: MessageBatch['skipped'],
  ): Promise<number | 'no room' | 'not there yet'> {
    const room = session.outbound.room(this.window);
    if (room.entries === 0) return 'no room';
    const after_seq = stream.sentTo;
    const page = await this.pullEntries.execute(session.identity.userId, stream.conversationId, after_seq, {
      entries: Math.min(room.entries, limits.BATCH_ENTRIES),
      bytes: Math.min(room.bytes, limits.BATCH_BYTES),
    });
    if (session.closed || !page || page.toSeq <= after_seq) return 'not there yet';
    const messages: EntryView[] = [];
    for (const { entry, bytes } of page.entries) {
      if (!session.outbound.fits(bytes, this.window)) break;
      session.outbound.sent(stream, entry.seq, bytes);
      messages.push(entry);
    }
    const isWhole = messages.length === page.entries.length;
    if (!isWhole && messages.length === 0) return 'no room';
    if (isWhole) stream.sentTo = page.toSeq;
    if (messages.length === 0) return 0;
    stream.acknowledgeable = stream.sentTo;
    session.emit('message:batch', {
      conversation_id: stream.conversationId,
      messages,
      after_seq: skipped ? skipped.from_seq - 1 : after_seq,
      to_seq: stream.sentTo,
      ...(skipped ? { skipped } : {}),
    });
    return messages.length;
  }

  /** More than a sync carries: only the newest entries, and the batch says which visible ones it leaves out. */
  private async skipFarBehind(session: Session, stream: Stream, head: number): Promise<MessageBatch['skipped']> {
    const first = head - limits.MAX_CATCH_UP;
    if (stream.sentTo >= first) return undefined;
    const { userId } = session.identity;
    const page = await this.pullEntries.execute(userId, stream.conversationId, stream.sentTo, { entries: 1 });
    const from_seq = page?.entries[0]?.entry.seq ?? head;
    stream.sentTo = first;
    return from_seq <= first ? { from_seq, to_seq: first } : undefined;
  }
}
