import type { LogRecord, Position, VerdictAddress } from '@parley/contracts';
import type { Trace } from '@parley/operability';

/** A record in its place in the log. */
export interface RecordAtHand<R extends LogRecord = LogRecord> {
  record: R;
  position: Position;
  /** The log's append time in milliseconds since 1970. */
  appendedAt: number;
  /** Who waits for the verdict. */
  verdictTo: VerdictAddress | null;
  /** Where its way is being recorded; most are in no trace. */
  trace: Trace | null;
}
