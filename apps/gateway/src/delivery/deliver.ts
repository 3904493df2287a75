import { Injectable, Logger } from '@nestjs/common';
import { LIVE_EVENT, type EntryView } from '@parley/contracts';
import type { Push } from '@parley/gateway-link';
import { observeStage, traceOf, withLogIds } from '@parley/operability';
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
  push(session: Session, { entry, bytes, trace }: Push): void {
    const stream = this.raise(session, entry.conversation_id, entry.seq);
    if (!stream) return;
    const isNext = entry.seq === stream.sentTo + 1 && !stream.isReading && !stream.isSyncing;
    if (!isNext || !session.outbound.fits(bytes, this.window)) return this.fallBehind(session, stream);
    this.emit(session, stream, entry, bytes);
    const traced = traceOf(trace);
    observeStage('delivery', Date.now() - Date.parse(entry.sent_at), traced ? [traced] : []);
  }

  /** A conversation has come to `seq`: what the session lacks of it is in the store. */
  heed(session: Session, conversationId: string, seq: number): void {
    const stream = this.raise(session, conversationId, seq);
    if (stream) this.fallBehind(session, stream);
  }

  /**
   * A conversation is not in the user's inbox any more. Where it was deleted the session gets the deletion, as if it had
   * just been pushed.
   */
  async heedAbsence(session: Session, { conversationId }: Stream): Promise<void> {
    const ending = await this.pullEntries.ending(session.identity.userId, conversationId);
    if (ending) this.push(session, { ...ending, session_ids: [] });
  }

  /** Goes on with the conversations that lie behind, as far as there is room. Never rejects. */
  resume(session: Session): void {
    session.outbound.isCatchUpDue = true;
    if (!session.outbound.isCatchingUp) void withLogIds(session.logIds, () => this.catchUpAll(session));
  }

  /** Notes how far a conversation has come; null when that is no news, or only to be kept until the session is open. */
  private raise({ outbound, closed }: Session, conversationId: string, seq: number): Stream | null {
    if (closed) return null;
    if (!outbound.isOpen) {
      outbound.early.set(conversationId, Math.max(seq, outbound.early.get(conversationId) ?? 0));
      return null;
    }
    const stream = outbound.streamOf(conversationId);
    if (seq <= stream.wanted) return null;
    stream.wanted = seq;
    outbound.touched.set(conversationId, seq);
    return stream;
  }

  private fallBehind(session: Session, stream: Stream): void {
    session.outbound.behind.add(stream);
    this.resume(session);
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
    if (session.closed) return false;
    if (!page) return this.end(session, stream);
    for (const { entry, bytes } of page.entries) {
      if (!session.outbound.fits(bytes, this.window)) return false;
      this.emit(session, stream, entry, bytes);
    }
    stream.sentTo = Math.max(stream.sentTo, page.toSeq);
    return stream.sentTo > before;
  }

  /** Nothing can be read of a conversation that is deleted: who is online learns it, in the place of what was missed. */
  private async end(session: Session, stream: Stream): Promise<false> {
    const ending = await this.pullEntries.ending(session.identity.userId, stream.conversationId);
    if (ending && ending.entry.seq > stream.sentTo) this.emit(session, stream, ending.entry, ending.bytes);
    stream.sentTo = Math.max(stream.sentTo, stream.wanted);
    return false;
  }

  private emit(session: Session, stream: Stream, entry: EntryView, bytes: number): void {
    session.outbound.sent(stream, entry.seq, bytes);
    stream.isOver = entry.change === 'deleted';
    session.emit(LIVE_EVENT[entry.kind], entry);
  }
}
