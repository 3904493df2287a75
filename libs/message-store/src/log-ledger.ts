/** Names one log: what replaces it has another cluster id, or other partitions. */
export interface LogIdentity {
  /** The id that the log's cluster was given when it was created. */
  cluster: string;
  topic: string;
  partitions: number;
}

/**
 * What a store knows of the log that feeds it. Rows carry offsets of that log; fed by another one, or by one that lost its
 * end, the store would take new records for old ones. Every process compares before it reads a record.
 */
export abstract class LogLedger {
  /** The first claim stands for ever; repeating it changes nothing. Rejects with `LogMismatch` where another log's stands. */
  abstract claim(identity: LogIdentity): Promise<void>;

  /** The record at this offset of a partition is stored. Only rises; may be called late, so what it says is a lower bound. */
  abstract raise(partition: number, offset: number): Promise<void>;

  /**
   * `endsNow` resolves to the offset that the next record gets, by partition; it is asked after the ledger was read, since
   * records may be appended and stored meanwhile. Rejects with `LogMismatch` where a record is stored that lies at or above
   * its partition's end.
   */
  abstract check(endsNow: () => Promise<readonly number[]>): Promise<void>;
}

/** The log is not the one that this store was fed by, or not all of it. Never goes away by itself. */
export class LogMismatch extends Error {
  override name = 'LogMismatch';

  static ofIdentities(stored: LogIdentity, found: LogIdentity): LogMismatch {
    return new LogMismatch(
      `the store belongs to ${nameOf(stored)}, but the log is ${nameOf(found)}: use that log, or an empty store`,
    );
  }

  static ofEnd(partition: number, end: number, storedOffset: number): LogMismatch {
    return new LogMismatch(
      `partition ${partition} of the log ends at ${end}, but ${storedOffset} is stored: it was truncated or replaced`,
    );
  }
}

export function isSameLog(one: LogIdentity, other: LogIdentity): boolean {
  return one.cluster === other.cluster && one.topic === other.topic && one.partitions === other.partitions;
}

function nameOf({ cluster, topic, partitions }: LogIdentity): string {
  return `topic ${topic} of cluster ${cluster} with ${partitions} partitions`;
}
