import type { Position } from '@parley/contracts';

/**
 * The only way into a conversation: an append-only log in partitions, each record keyed by its conversation.
 *
 * Records of one key stand in one partition, `partitionOf(key, partitions)`, and are read there in the order in which they
 * were appended. An append that resolved is durable and will be read by every consumer group at least once. One that
 * rejects has an unknown outcome: the record may still appear. Appends of one key that are started one after the other
 * without waiting keep that order. Records are kept at least 7 days and less than 30.
 */
export abstract class MessageLog {
  /** Number of partitions, fixed at creation. */
  abstract readonly partitions: number;

  /** Resolves when the record is durable. Rejects when it could not be made so within the publish deadline (5 s). */
  abstract append(record: RecordToAppend): Promise<Position>;
}

export interface RecordToAppend {
  /** The conversation's id. */
  key: string;
  value: Uint8Array;
  headers?: Record<string, string>;
}

/** A record as a consumer reads it. */
export interface ConsumedRecord {
  key: string;
  value: Uint8Array;
  headers: Record<string, string>;
  position: Position;
  /** When the log took it, in milliseconds since 1970. The same for every reader and at every replay. */
  appendedAt: number;
}

/**
 * A batch of one partition in offset order, as an `@EventPattern` handler gets it. `assignment` is one object for as long
 * as this consumer owns the partition without interruption: state that was built under another one must be dropped.
 */
export interface RecordBatch {
  topic: string;
  partition: number;
  assignment: Assignment;
  records: readonly ConsumedRecord[];
}

export interface Assignment {
  readonly partition: number;
  revoked: boolean;
}

/** What a group has still to do in a partition that this consumer owns. */
export interface PartitionLag {
  partition: number;
  /** From the committed offset to the end of the log. */
  records: number;
}

/**
 * Where the batching transport strategy reads from; one per consumer group and topic. Committed offsets name the next
 * record to read. Committing is cheap and may lag: a consumer that starts again reads from the last committed offset.
 */
export abstract class RecordSource {
  /** Starts reading; tells which partitions are owned now. Called again after `stop`. */
  abstract start(onAssigned: (a: Assignment) => void, onRevoked: (a: Assignment) => void): Promise<void>;

  /**
   * Up to `maxRecords` records from `offset` on, waiting for the first one up to `waitMs`. Empty when none came. Only
   * durable records are shown, in offset order without a hole of ours (offsets themselves may jump).
   */
  abstract read(partition: number, offset: number, maxRecords: number, waitMs: number): Promise<ConsumedRecord[]>;

  /** The next offset to read, 0 (or the log's start) where nothing was committed. */
  abstract committed(partition: number): Promise<number>;

  /** Remembers that everything below `offset` is finished. */
  abstract commit(partition: number, offset: number): Promise<void>;

  /** How much is left to do in each partition that is owned now. Rejects where the log cannot be asked. */
  abstract lag(): Promise<PartitionLag[]>;

  abstract stop(): Promise<void>;
}
