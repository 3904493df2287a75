import { EngineUnavailable } from '@parley/contracts';
import type { Admin } from 'kafkajs';
import { LogProgress, type PartitionProgress } from '../log-progress.js';
import { fetchBounds } from './partition-bounds.js';

/** A group's progress as the brokers tell it to anybody who asks. */
export class KafkaLogProgress extends LogProgress {
  constructor(
    private readonly admin: Admin,
    private readonly where: { topic: string; group: string },
  ) {
    super();
  }

  override async partitions(): Promise<PartitionProgress[]> {
    const { topic, group: groupId } = this.where;
    try {
      // In this order: what is committed never lies above an end that is read after it.
      const [{ partitions }] = await this.admin.fetchOffsets({ groupId, topics: [topic] });
      const committed = new Map(partitions.map(({ partition, offset }) => [partition, Number(offset)]));
      return (await fetchBounds(this.admin, topic)).map(({ start, end }, partition) => {
        // Kafka says -1 of a group that never committed.
        return { partition, committed: Math.max(start, committed.get(partition) ?? start), end };
      });
    } catch (error) {
      throw new EngineUnavailable('kafka', 'read the progress', error);
    }
  }
}
