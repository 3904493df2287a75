import { Injectable, Logger } from '@nestjs/common';
import { LinkReceiver, type LinkFrame, type Push } from '@parley/gateway-link';
import { PendingVerdicts } from '@parley/sending';
import { CompareSessions } from '../comparing/compare-sessions.js';
import type { Session } from '../connections/session.js';
import { SessionTable } from '../connections/session-table.js';
import { Deliver } from './deliver.js';

/** Deliveries hold the event loop no longer than this, and some of them pass between two looks at the clock. */
const TURN_MS = 8;
const LOOK_EVERY = 32;
/** Beyond it, pushes that wait are dropped: the digest of heads that follows them says what was missed. */
const MOST_WAITING_BYTES = 32 * 1024 * 1024;
const ID_BYTES = 64;

/**
 * The gateway's end of the link: entries and heads go to their sessions in the order in which they came, as many in one
 * turn of the event loop as it bears; verdicts go at once to the sends that wait for them.
 */
@Injectable()
export class FrameReceiver extends LinkReceiver {
  private readonly logger = new Logger(FrameReceiver.name);
  private readonly frames: Pick<LinkFrame, 'pushes' | 'heads'>[] = [];
  private waitingBytes = 0;
  private isWorking = false;

  constructor(
    private readonly sessions: SessionTable,
    private readonly deliver: Deliver,
    private readonly verdicts: PendingVerdicts,
    private readonly compare: CompareSessions,
  ) {
    super();
  }

  override take({ pushes, verdicts, heads, compare }: LinkFrame): void {
    this.verdicts.take(verdicts);
    if (compare) this.compare.requestAll();
    const isFull = this.waitingBytes > MOST_WAITING_BYTES;
    if (isFull && pushes.length > 0)
      this.logger.warn(`${pushes.length} pushes came too fast and are left to the digest`);
    this.frames.push({ pushes: isFull ? [] : pushes, heads });
    if (!isFull) for (const push of pushes) this.waitingBytes += weightOf(push);
    if (this.isWorking) return;
    this.isWorking = true;
    this.work(this.deliveries());
  }

  private work(deliveries: Iterator<void>): void {
    const until = performance.now() + TURN_MS;
    for (let count = 1; !deliveries.next().done; count += 1) {
      if (count % LOOK_EVERY !== 0 || performance.now() < until) continue;
      setImmediate(() => this.work(deliveries));
      return;
    }
    this.isWorking = false;
  }

  /** One step for each session that an entry or a head is for. */
  private *deliveries(): Generator<void> {
    for (let frame = this.frames.shift(); frame; frame = this.frames.shift()) {
      for (const push of frame.pushes) {
        for (const id of push.session_ids) yield this.reach(id, (session) => this.deliver.push(session, push));
        this.waitingBytes -= weightOf(push);
      }
      for (const { conversation_id, last_seq, session_ids } of frame.heads) {
        for (const id of session_ids) {
          yield this.reach(id, (session) => this.deliver.heed(session, conversation_id, last_seq));
        }
      }
    }
  }

  /** Whatever goes wrong with one session harms no other. */
  private reach(sessionId: string, deliver: (session: Session) => void): void {
    const session = this.sessions.find(sessionId);
    if (!session) return;
    try {
      deliver(session);
    } catch (error) {
      this.logger.error('an entry did not reach its session', error, session.logIds);
    }
  }
}

/** What a push costs while it waits. */
function weightOf({ bytes, session_ids }: Push): number {
  return bytes + ID_BYTES * session_ids.length;
}
