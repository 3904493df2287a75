import type { Position } from '@parley/contracts';

/** A record whose bytes are at fault, kept for people. */
export interface QuarantinedRecord {
  topic: string;
  partition: number;
  position: Position;
  key: string;
  value: Uint8Array;
  reason: string;
}

/**
 * Records that the router could not read. The row is durable before the partition moves on, and is the record's verdict
 * on every replay. Keyed by (topic, partition, position); adding it again changes nothing.
 */
export abstract class Quarantine {
  abstract add(record: QuarantinedRecord): Promise<void>;
  /** The quarantined places of a partition with `from <= position <= to`, ascending. */
  abstract within(topic: string, partition: number, from: Position, to: Position): Promise<Position[]>;
  /** The record of this place; null where none is quarantined. */
  abstract find(topic: string, partition: number, position: Position): Promise<QuarantinedRecord | null>;
  /** How many there are. */
  abstract count(): Promise<number>;
  /** Oldest first. */
  abstract list(limit: number): Promise<QuarantinedRecord[]>;
}
