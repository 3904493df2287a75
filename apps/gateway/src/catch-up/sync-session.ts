import { Injectable } from '@nestjs/common';
import { limits, type MessageBatch, type SyncDone } from '@parley/contracts';
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
    const done: SyncDone = { delivered: 0, conversations: [] };
    const streams = this.streamsBehind(session, inbox);
    for (const stream of streams) {
      const delivered = await this.syncConversation(session, stream);
      stream.isSyncing = false;
      if (session.closed) return;
      done.delivered += delivered;
      done.conversations.push({ conversation_id: stream.conversationId, last_seq: stream.sentTo });
      if (stream.isBehind) {
        session.outbound.behind.add(stream);
        void this.deliver.catchUp(session, stream);
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
    let skipped = skipFarBehind(stream, head);
    while (!session.closed && stream.sentTo < head) {
      const room = session.outbound.room(this.window);
      if (room.entries === 0) {
        await session.outbound.whenRoom();
        continue;
      }
      const batch = await this.sendBatch(session, stream, room, skipped);
      if (!batch) break;
      delivered += batch.messages.length;
      if (batch.messages.length > 0) skipped = undefined;
    }
    return delivered;
  }

  /** Null when the position did not move: the missing entries are not there yet, and come later as live events. */
  private async sendBatch(
    session: Session,
    stream: Stream,
    room: { entries: number; bytes: number },
    skipped: MessageBatch['skipped'],
  ): Promise<MessageBatch | null> {
    const after_seq = stream.sentTo;
    const page = await this.pullEntries.execute(session.identity.userId, stream.conversationId, after_seq, {
      entries: Math.min(room.entries, limits.BATCH_ENTRIES),
      bytes: Math.min(room.bytes, limits.BATCH_BYTES),
    });
    if (session.closed || !page || page.toSeq <= after_seq) return null;
    const messages = page.entries.map(({ entry }) => entry);
    const batch: MessageBatch = {
      conversation_id: stream.conversationId,
      messages,
      after_seq: skipped ? skipped.from_seq - 1 : after_seq,
      to_seq: page.toSeq,
      ...(skipped ? { skipped } : {}),
    };
    for (const { entry, bytes } of page.entries) session.outbound.sent(stream, entry.seq, bytes);
    stream.sentTo = page.toSeq;
    if (messages.length > 0) {
      stream.acknowledgeable = page.toSeq;
      session.emit('message:batch', batch);
    }
    return batch;
  }
}

/** More than a sync carries: only the newest entries, and the batch says which ones it leaves out. */
function skipFarBehind(stream: Stream, head: number): MessageBatch['skipped'] {
  const first = head - limits.MAX_CATCH_UP;
  if (stream.sentTo >= first) return undefined;
  const skipped = { from_seq: stream.sentTo + 1, to_seq: first };
  stream.sentTo = first;
  return skipped;
}
