import type { Logger } from '@nestjs/common';
import type { Admin } from 'kafkajs';
import { kafkaClient, type KafkaConnection } from './kafka-connection.js';
import { fetchBounds, type PartitionBounds } from './partition-bounds.js';

/** Where a group goes on in a partition, and why it cannot, or null. */
export interface Place {
  offset: number;
  fault: string | null;
}

/** What a consumer group has read of a topic, against what the topic holds. */
export class GroupOffsets {
  private readonly admin: Admin;

  constructor(
    connection: KafkaConnection,
    private readonly where: { topic: string; group: string },
    private readonly logger: Logger,
  ) {
    this.admin = kafkaClient(connection, logger).admin();
  }

  /** By partition. A group that never committed, or so long ago that Kafka has forgotten, begins at the log's start. */
  async places(): Promise<Place[]> {
    const bounds = await this.bounds();
    const { topic, group: groupId } = this.where;
    const [committed] = await this.admin.fetchOffsets({ groupId, topics: [topic] });
    const places: Place[] = [];
    for (const { partition, offset: text } of committed.partitions) {
      const offset = Number(text) < 0 ? bounds[partition].start : Number(text);
      places[partition] = { offset, fault: faultAt(offset, bounds[partition]) };
    }
    return places;
  }

  /** Why the group cannot go on at this offset, or null. */
  async faultAt(partition: number, offset: number): Promise<string | null> {
    return faultAt(offset, (await this.bounds())[partition]);
  }

  /** By partition. */
  async bounds(): Promise<PartitionBounds[]> {
    await this.admin.connect();
    return fetchBounds(this.admin, this.where.topic);
  }

  async close(): Promise<void> {
    await this.admin.disconnect().catch((error: unknown) => this.logger.verbose(String(error)));
  }
}

function faultAt(offset: number, { start, end }: PartitionBounds): string | null {
  if (offset < start) return `the records ${offset} to ${start - 1} were removed before the group had read them`;
  if (offset > end) return `it ends at ${end}, but the group has read up to ${offset}: this is another log`;
  return null;
}
