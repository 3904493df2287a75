import { setImmediate as nextTurn } from 'node:timers/promises';
import type { OrderedStore } from '@parley/ordered-store';
import { partitionRow, type LogTables } from './log-tables.js';

/** What one transaction removes; appends wait no longer than that takes. */
const CHUNK_RECORDS = 500;

/**
 * Removes records that every group has finished with and that are old enough, from the start of each partition. A group
 * counts from its first commit on; while there is none, nothing is removed.
 */
export class LogTrimmer {
  constructor(
    private readonly store: OrderedStore,
    private readonly tables: LogTables,
    private readonly topic: string,
  ) {}

  /** Resolves to how many records it removed. `before`: milliseconds since 1970. */
  async trim(partitions: number, before: number): Promise<number> {
    let removed = 0;
    for (let partition = 0; partition < partitions; partition++) {
      for (let chunk = CHUNK_RECORDS; chunk === CHUNK_RECORDS; await nextTurn()) {
        chunk = await this.store.write(() => this.trimChunk(partition, before));
        removed += chunk;
      }
    }
    return removed;
  }

  private trimChunk(partition: number, before: number): number {
    const row = partitionRow(this.tables, this.topic, partition);
    const last = Math.min(this.finishedBelow(partition), row.end) - 1;
    if (last < row.start) return 0;
    const candidates = this.tables.records.range({
      from: [this.topic, partition, row.start],
      to: [this.topic, partition, last],
      limit: CHUNK_RECORDS,
    });
    // Times never fall within a partition: the first young record ends it.
    const young = candidates.findIndex(({ value }) => value.appendedAt >= before);
    const old = young === -1 ? candidates : candidates.slice(0, young);
    for (const { key } of old) this.tables.records.remove(key);
    if (old.length > 0) this.tables.partitions.put([this.topic, partition], { ...row, start: row.start + old.length });
    return old.length;
  }

  /** The lowest offset that a group still has to read. */
  private finishedBelow(partition: number): number {
    const rows = this.tables.committed.range({ from: [this.topic], to: [this.topic] });
    const groups = new Set(rows.map(({ key }) => key[1]));
    const offsets = [...groups].map((group) => this.tables.committed.get([this.topic, group, partition]) ?? 0);
    return offsets.length === 0 ? 0 : Math.min(...offsets);
  }
}
