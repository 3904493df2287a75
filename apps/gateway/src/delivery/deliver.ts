import { Injectable, Logger } from '@nestjs/common';
import { LIVE_EVENT, type EntryView } from '@parley/contracts';
import type { Push } from '@parley/gateway-link';
import { PullEntries } from '@parley/reading';
import type { Session } from '../connections/session.js';
import { DeliveryWindow } from './delivery-window.js';
import type { Stream } from './stream.js';

/**
 * The one rule of delivery: a device gets exactly the entries after its position, in order, each once. A push that is next
 * in line goes out as it is; in every other case the entries come from the store, as far as the window has room.
 */
@Injectable()
export class Deliver {
  private readonly logger = new Logger(Deliver.name);

  constructor(
    private readonly pullEntries: PullEntries,
    private readonly window: DeliveryWindow,
  ) {}

  /** An entry that was just stored. At or below the position: dropped. */
  push(session: Session, { entry, bytes }: Push): void {
    const { outbound } = session;
    const { conversation_id, seq } = entry;
    if (session.closed) return;
    if (!outbound.isOpen) {
      outbound.early.set(conversation_id, Math.max(seq, outbound.early.get(conversation_id) ?? 0));
      return;
    }
    const stream = outbound.streamOf(conversation_id);
    if (seq <= stream.wanted) return;
    const isNext = seq === stream.sentTo + 1 && !stream.isReading && !stream.isSyncing;
    stream.wanted = seq;
    outbound.touched.set(conversation_id, seq);
    if (isNext && outbound.fits(bytes, this.window)) {
      this.emit(session, stream, entry, bytes);
    } else {
      outbound.behind.add(stream);
      this.resume(session);
    }
  }

  /** Goes on with the conversations that lie behind, as far as there is room. Never rejects. */
  resume(session: Session): void {
    session.outbound.isCatchUpDue = true;
    if (!session.outbound.isCatchingUp) void this.catchUpAll(session);
  }

  /** One conversation after the other: reads at the same time would each fill the whole room. */
  private async catchUpAll(session: Session): Promise<void> {
    const { outbound } = session;
    outbound.isCatchingUp = true;
    try {
      while (outbound.isCatchUpDue) {
        outbound.isCatchUpDue = false;
        for (const stream of outbound.behind) {
          if (session.closed || outbound.room(this.window).entries === 0) return;
          await this.catchUp(session, stream);
        }
      }
    } finally {
      outbound.isCatchingUp = false;
    }
  }

  /** Sends what is missing as live events, until the position is reached or the window is full. */
  private async catchUp(session: Session, stream: Stream): Promise<void> {
    if (stream.isSyncing) return;
    stream.isReading = true;
    try {
      while (!session.closed && stream.isBehind && (await this.sendPage(session, stream)));
    } catch (error) {
      this.logger.warn(`catching up will be tried again: ${String(error)}`);
    } finally {
      stream.isReading = false;
      if (!stream.isBehind) session.outbound.behind.delete(stream);
    }
  }

  /** True when the position moved and there may be room for more. */
  private async sendPage(session: Session, stream: Stream): Promise<boolean> {
    const room = session.outbound.room(this.window);
    if (room.entries === 0) return false;
    const before = stream.sentTo;
    const page = await this.pullEntries.execute(session.identity.userId, stream.conversationId, before, room);
    if (session.closed || !page) return false;
    for (const { entry, bytes } of page.entries) {
      if (!session.outbound.fits(bytes, this.window)) return false;
      this.emit(session, stream, entry, bytes);
    }
    stream.sentTo = Math.max(stream.sentTo, page.toSeq);
    return stream.sentTo > before;
  }

  private emit(session: Session, stream: Stream, entry: EntryView, bytes: number): void {
    session.outbound.sent(stream, entry.seq, bytes);
    session.emit(LIVE_EVENT[entry.kind], entry);
  }
}
