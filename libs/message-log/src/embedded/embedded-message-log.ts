import { Logger } from '@nestjs/common';
import type { Position } from '@parley/contracts';
import type { OrderedStore } from '@parley/ordered-store';
import { MessageLog, type RecordToAppend } from '../message-log.js';
import { partitionOf } from '../partition-of.js';
import { AppendQueue } from './append-queue.js';
import { DurableEnds } from './durable-ends.js';
import { EmbeddedLogProgress } from './embedded-log-progress.js';
import { EmbeddedRecordSource, type ReadableLog } from './embedded-record-source.js';
import { LogTrimmer } from './log-trimmer.js';
import { openLogTables, partitionRow, type LogTables, type PartitionRow } from './log-tables.js';

const FORMAT = 1;
/** The only lane that an embedded log has. */
const EPOCH = 0;
const HOUR_MS = 3_600_000;
const RETENTION_MS = 7 * 24 * HOUR_MS;
const PUBLISH_DEADLINE_MS = 5_000;

export interface EmbeddedLogOptions {
  topic: string;
  /** Fixed by the first opening; a later one with another number is refused. */
  partitions: number;
  /** Wall clock in milliseconds since 1970. */
  now?: () => number;
  publishDeadlineMs?: number;
}

/**
 * A message log in an ordered store: one topic, in the same environment as the rows that are made of it. Offsets are dense
 * from 0 in each partition. An append resolves when its group is flushed to the disk; committed offsets follow unflushed,
 * since the store keeps the order of all that is written to it and a replay changes nothing.
 */
export class EmbeddedMessageLog extends MessageLog {
  private readonly logger = new Logger(EmbeddedMessageLog.name);
  private readonly queue: AppendQueue;
  private readonly ends: DurableEnds;
  private readonly trimming: NodeJS.Timeout;
  override readonly partitions: number;

  private constructor(
    private readonly store: OrderedStore,
    private readonly tables: LogTables,
    private readonly options: EmbeddedLogOptions,
  ) {
    super();
    this.partitions = options.partitions;
    this.queue = new AppendQueue(
      (records) => this.writeGroup(records),
      options.publishDeadlineMs ?? PUBLISH_DEADLINE_MS,
    );
    this.ends = new DurableEnds(this.rows().map((row) => row.end));
    this.trimming = setInterval(() => void this.trimQuietly(), HOUR_MS).unref();
  }

  /**
   * Opens the topic, which is created at its first opening. Throws when it was created with another number of partitions,
   * or when a committed offset lies above the log's end: then this is not the log that the group has read.
   */
  static async open(store: OrderedStore, options: EmbeddedLogOptions): Promise<EmbeddedMessageLog> {
    const tables = openLogTables(store);
    checkIdentity(tables, options);
    checkCommitted(tables, options);
    // A flush of something, and with it of whatever a killed process had committed: all that is here is durable from now on.
    const identity = { format: FORMAT, partitions: options.partitions };
    await store.writeFlushed(() => tables.identities.put([options.topic], identity));
    return new EmbeddedMessageLog(store, tables, options);
  }

  override append(record: RecordToAppend): Promise<Position> {
    return this.queue.add(record);
  }

  /** What the consumer group of this name reads from. */
  source(group: string): EmbeddedRecordSource {
    return new EmbeddedRecordSource(this.readable, group);
  }

  /** How far the consumer group of this name has come. */
  progress(group: string): EmbeddedLogProgress {
    return new EmbeddedLogProgress(this.readable, group);
  }

  private get readable(): ReadableLog {
    const { store, tables, ends, partitions } = this;
    return { topic: this.options.topic, partitions, epoch: EPOCH, store, tables, ends };
  }

  /**
   * Removes records that every group has finished with and that are older than 7 days, in small transactions between
   * which appends go on. Runs by itself every hour. Resolves to how many there were.
   */
  trim(): Promise<number> {
    const trimmer = new LogTrimmer(this.store, this.tables, this.options.topic);
    return trimmer.trim(this.partitions, this.now() - RETENTION_MS);
  }

  /** Takes no further appends; resolves when those before are settled. The store is its owner's to close, after that. */
  async close(): Promise<void> {
    clearInterval(this.trimming);
    await this.queue.close();
  }

  private async writeGroup(records: readonly RecordToAppend[]): Promise<Position[]> {
    const { positions, rows } = await this.store.writeFlushed(() => this.put(records));
    for (const [partition, row] of rows) this.ends.raise(partition, row.end);
    return positions;
  }

  /** The ends are read from the store each time: after a commit that failed they are what they were before. */
  private put(records: readonly RecordToAppend[]): { positions: Position[]; rows: Map<number, PartitionRow> } {
    const { topic } = this.options;
    const now = this.now();
    const rows = new Map<number, PartitionRow>();
    const positions = records.map(({ key, value, headers = {} }) => {
      const partition = partitionOf(key, this.partitions);
      const row = rows.get(partition) ?? { ...partitionRow(this.tables, topic, partition) };
      rows.set(partition, row);
      // A clock that is set back never makes a later record look older.
      row.appendedAt = Math.max(row.appendedAt, now);
      this.tables.records.put([topic, partition, row.end], { key, value, headers, appendedAt: row.appendedAt });
      return { epoch: EPOCH, offset: row.end++ };
    });
    for (const [partition, row] of rows) this.tables.partitions.put([topic, partition], row);
    return { positions, rows };
  }

  private rows(): PartitionRow[] {
    return Array.from({ length: this.partitions }, (_, partition) =>
      partitionRow(this.tables, this.options.topic, partition),
    );
  }

  private now(): number {
    return (this.options.now ?? Date.now)();
  }

  private async trimQuietly(): Promise<void> {
    try {
      const removed = await this.trim();
      if (removed > 0) this.logger.log(`Removed ${removed} records older than 7 days`);
    } catch (error) {
      this.logger.warn('Old records could not be removed, the next hour tries again', error);
    }
  }
}

function checkIdentity(tables: LogTables, { topic, partitions }: EmbeddedLogOptions): void {
  const found = tables.identities.get([topic]);
  if (!found) return;
  if (found.format !== FORMAT)
    throw new Error(`The log ${topic} has format ${found.format}, this release reads ${FORMAT}`);
  if (found.partitions !== partitions) {
    throw new Error(
      `The log ${topic} was created with ${found.partitions} partitions and cannot be opened with ${partitions}: ` +
        'the number decides where a conversation stands',
    );
  }
}

function checkCommitted(tables: LogTables, { topic }: EmbeddedLogOptions): void {
  for (const { key, value } of tables.committed.range({ from: [topic], to: [topic] })) {
    const [, group, partition] = key;
    const { end } = partitionRow(tables, topic, Number(partition));
    if (value > end) {
      throw new Error(
        `The log ${topic} ends at offset ${end} in partition ${partition}, but group ${group} has read up to ${value}: ` +
          'records are missing, or this is another log',
      );
    }
  }
}
