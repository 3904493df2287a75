import { setMaxListeners } from 'node:events';
import type { OrderedStore } from '@parley/ordered-store';
import { RecordSource, type Assignment, type ConsumedRecord, type PartitionLag } from '../message-log.js';
import { sizeOf } from '../size-of.js';
import type { DurableEnds } from './durable-ends.js';
import { partitionRow, type LogTables } from './log-tables.js';

/** Rows are decoded as they are read, so a read goes step by step and stops at enough bytes. */
const STEP_RECORDS = 64;
const ENOUGH_BYTES = 1024 * 1024;

/** What a source reads: a log's rows up to its durable ends. */
export interface ReadableLog {
  topic: string;
  partitions: number;
  epoch: number;
  store: OrderedStore;
  tables: LogTables;
  ends: DurableEnds;
}

/** A consumer group on an embedded log. One process is the whole group, so it owns every partition from start to stop. */
export class EmbeddedRecordSource extends RecordSource {
  private stopping = new AbortController();
  private assignments: Assignment[] = [];
  private onRevoked: (a: Assignment) => void = () => undefined;

  constructor(
    private readonly log: ReadableLog,
    private readonly group: string,
  ) {
    super();
    this.stopping.abort();
  }

  override async start(onAssigned: (a: Assignment) => void, onRevoked: (a: Assignment) => void): Promise<void> {
    this.stopping = new AbortController();
    // The read of every partition waits on it; Node takes more than ten for a leak.
    setMaxListeners(0, this.stopping.signal);
    this.onRevoked = onRevoked;
    this.assignments = Array.from({ length: this.log.partitions }, (_, partition) => ({ partition, revoked: false }));
    for (const assignment of this.assignments) onAssigned(assignment);
  }

  override async read(
    partition: number,
    offset: number,
    maxRecords: number,
    waitMs: number,
  ): Promise<ConsumedRecord[]> {
    const { signal } = this.stopping;
    await this.log.ends.above(partition, offset, waitMs, signal);
    if (signal.aborted) return [];
    // What was trimmed is skipped, also for a group that went back before it.
    const first = Math.max(offset, partitionRow(this.log.tables, this.log.topic, partition).start);
    const end = Math.min(this.log.ends.of(partition), first + maxRecords);
    const records: ConsumedRecord[] = [];
    let bytes = 0;
    for (let from = first; from < end && bytes < ENOUGH_BYTES; from += STEP_RECORDS) {
      const step = this.readStep(partition, from, Math.min(from + STEP_RECORDS, end) - 1);
      records.push(...step);
      bytes += sizeOf(step);
    }
    return records;
  }

  override async committed(partition: number): Promise<number> {
    const { topic, tables } = this.log;
    return tables.committed.get([topic, this.group, partition]) ?? partitionRow(tables, topic, partition).start;
  }

  override async commit(partition: number, offset: number): Promise<void> {
    const { store, topic, tables } = this.log;
    await store.write(() => tables.committed.put([topic, this.group, partition], offset));
  }

  override async lag(): Promise<PartitionLag[]> {
    const { ends, partitions } = this.log;
    return Promise.all(
      Array.from({ length: partitions }, async (_, partition) => ({
        partition,
        records: ends.of(partition) - (await this.committed(partition)),
      })),
    );
  }

  override async stop(): Promise<void> {
    this.stopping.abort();
    for (const assignment of this.assignments.splice(0)) {
      assignment.revoked = true;
      this.onRevoked(assignment);
    }
  }

  private readStep(partition: number, from: number, to: number): ConsumedRecord[] {
    const { topic, tables, epoch } = this.log;
    const rows = tables.records.range({ from: [topic, partition, from], to: [topic, partition, to] });
    return rows.map(({ key, value }) => ({ ...value, position: { epoch, offset: Number(key[2]) } }));
  }
}
