import { setTimeout as sleep } from 'node:timers/promises';
import { Injectable, Logger } from '@nestjs/common';
import { InboxStore } from '@parley/message-store';
import type { Session } from '../connections/session.js';
import { SessionTable } from '../connections/session-table.js';
import { Deliver } from '../delivery/deliver.js';

/** Comparisons at a time: a gateway full of sessions leaves the store room for those that connect meanwhile. */
const LANES = 32;
const RETRY_AFTER_MS = 1_000;

/**
 * Compares sessions with their users' inboxes: what pushes have missed, a conversation that was joined since the sync
 * or deleted included, is delivered from the store. One scan a session, everyone in the order of asking. A comparison
 * that is asked for while one of the same session runs is made once more after it; one that fails is tried again.
 */
@Injectable()
export class CompareSessions {
  private readonly logger = new Logger(CompareSessions.name);
  private readonly waiting = new Set<Session>();
  private readonly running = new Set<Session>();
  private lanes = 0;

  constructor(
    private readonly sessions: SessionTable,
    private readonly inbox: InboxStore,
    private readonly deliver: Deliver,
  ) {}

  request(session: Session): void {
    this.waiting.add(session);
    if (this.lanes < LANES) void this.work();
  }

  requestAll(): void {
    for (const session of this.sessions.all()) this.request(session);
  }

  /** Takes one session after the other until nobody waits. Never rejects. */
  private async work(): Promise<void> {
    this.lanes += 1;
    for (let session = this.next(); session; session = this.next()) {
      this.running.add(session);
      const isDone = session.closed || (await this.compare(session));
      this.running.delete(session);
      if (isDone) continue;
      this.waiting.add(session);
      await sleep(RETRY_AFTER_MS, undefined, { ref: false });
    }
    this.lanes -= 1;
  }

  private next(): Session | null {
    for (const session of this.waiting) {
      if (this.running.has(session)) continue;
      this.waiting.delete(session);
      return session;
    }
    return null;
  }

  private async compare(session: Session): Promise<boolean> {
    const known = [...session.outbound.streams.values()].filter(({ isOver }) => !isOver);
    try {
      const inbox = await this.inbox.readInbox(session.identity.userId);
      for (const { conversation_id, to_seq, last_seq } of inbox) {
        this.deliver.heed(session, conversation_id, to_seq ?? last_seq);
      }
      const held = new Set(inbox.map(({ conversation_id }) => conversation_id));
      const absent = known.filter(({ conversationId }) => !held.has(conversationId));
      for (const stream of absent) await this.deliver.heedAbsence(session, stream);
      return true;
    } catch (error) {
      this.logger.warn(`session ${session.id} will be compared with its inbox again: ${String(error)}`);
      return false;
    }
  }
}
