import type { OrderedStore, Table } from '@parley/ordered-store';

/** What a log was created as. It cannot be read as anything else. */
export interface LogIdentity {
  /** Of the rows below: a log that a newer release wrote in another way is refused. */
  format: number;
  partitions: number;
}

/** A record without what its key says. */
export interface RecordRow {
  key: string;
  value: Uint8Array;
  headers: Record<string, string>;
  appendedAt: number;
}

/** A partition holds the offsets from `start` up to, not including, `end`. */
export interface PartitionRow {
  start: number;
  end: number;
  /** The newest record's time; 0 before the first. */
  appendedAt: number;
}

/** The tables of all embedded logs in one store. */
export interface LogTables {
  /** (topic) */
  identities: Table<LogIdentity>;
  /** (topic, partition) */
  partitions: Table<PartitionRow>;
  /** (topic, partition, offset) */
  records: Table<RecordRow>;
  /** (topic, group, partition): the next offset to read. */
  committed: Table<number>;
}

export function openLogTables(store: OrderedStore): LogTables {
  return {
    identities: store.table('log-identities'),
    partitions: store.table('log-partitions'),
    records: store.table('log-records'),
    committed: store.table('log-committed'),
  };
}

/** The partition's row; one without records has none. */
export function partitionRow(tables: LogTables, topic: string, partition: number): PartitionRow {
  return tables.partitions.get([topic, partition]) ?? { start: 0, end: 0, appendedAt: 0 };
}
