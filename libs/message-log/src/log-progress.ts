/** How far a consumer group has come in one partition. Offsets name the next record. */
export interface PartitionProgress {
  partition: number;
  /** Everything below it is finished. The log's start where nothing was committed. */
  committed: number;
  /** The offset that the next record gets. */
  end: number;
}

/**
 * How far one consumer group has come, seen from outside: the caller need not belong to it, and the group need not run.
 * For people: two partitions are not read at the same moment.
 */
export abstract class LogProgress {
  /** Every partition of the log, ascending. Rejects with EngineUnavailable where the log cannot be asked. */
  abstract partitions(): Promise<PartitionProgress[]>;
}
