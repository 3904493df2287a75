import type { LogRecord, Position, VerdictAddress } from '@parley/contracts';

/** A record in its place in the log. */
export interface RecordAtHand<R extends LogRecord = LogRecord> {
  record: R;
  position: Position;
  /** The log's append time in milliseconds since 1970. */
  appendedAt: number;
  /** Who waits for the verdict. */
  verdictTo: VerdictAddress | null;
}
