import type { InboxRow, InboxWrite } from './rows.js';

/**
 * One row per (user, conversation): membership, latest activity and the user's own watermarks. The same write rules and
 * guarantees as ConversationStore. Each group of cells (joined, left, activity, read, delivered) has its own timestamp, so
 * the marks only rise. What was deleted stays deleted.
 */
export abstract class InboxStore {
  abstract write(rows: readonly InboxWrite[]): Promise<void>;

  /** Every conversation the user is or was in, in no particular order; rows without a join, or deleted, are left out. */
  abstract readInbox(userId: string): Promise<InboxRow[]>;

  /** One row, or null where `readInbox` leaves it out. */
  abstract readRow(userId: string, conversationId: string): Promise<InboxRow | null>;

  /** Raises the read watermark; a lower one changes nothing. `readN`: messages up to and including that seq. */
  abstract raiseRead(userId: string, conversationId: string, readSeq: number, readN: number): Promise<void>;

  /** Raises the delivered watermark of several conversations; lower ones change nothing. */
  abstract raiseDelivered(userId: string, positions: ReadonlyMap<string, number>): Promise<void>;
}
