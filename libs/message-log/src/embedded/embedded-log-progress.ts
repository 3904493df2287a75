import { LogProgress, type PartitionProgress } from '../log-progress.js';
import type { ReadableLog } from './embedded-record-source.js';
import { partitionRow } from './log-tables.js';

/** A group's progress as the log's own rows show it. */
export class EmbeddedLogProgress extends LogProgress {
  constructor(
    private readonly log: ReadableLog,
    private readonly group: string,
  ) {
    super();
  }

  override async partitions(): Promise<PartitionProgress[]> {
    const { topic, partitions, tables, ends } = this.log;
    return Array.from({ length: partitions }, (_, partition) => {
      const committed = tables.committed.get([topic, this.group, partition]);
      const { start } = partitionRow(tables, topic, partition);
      return { partition, committed: committed ?? start, end: ends.of(partition) };
    });
  }
}
