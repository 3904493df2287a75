import { randomUUID } from 'node:crypto';
import { Logger } from '@nestjs/common';
import { engineAddresses } from '@parley/harness';
import { kafkaClient, type KafkaConnection } from '../kafka/kafka-connection.js';
import { KafkaMessageLog } from '../kafka/kafka-message-log.js';
import type { KafkaTopicSettings } from '../kafka/kafka-topic.js';

/** A topic of a test's own in the real Kafka, with groups of its own. */
export class TemporaryTopic {
  readonly connection: KafkaConnection = { brokers: engineAddresses().kafkaBrokers, clientId: 'parley-test' };
  readonly settings: KafkaTopicSettings;
  private readonly groups = new Set<string>();
  private removed = false;

  private constructor(name: string, partitions: number) {
    this.settings = { topic: `test.${name}.${randomUUID()}`, partitions, replicationFactor: 1, minInsyncReplicas: 1 };
  }

  static named(name: string, { partitions }: { partitions: number }): TemporaryTopic {
    return new TemporaryTopic(name, partitions);
  }

  /** Creates the topic the first time. */
  open(): Promise<KafkaMessageLog> {
    return KafkaMessageLog.open(this.connection, this.settings);
  }

  /** The name that a group has in Kafka, where topics share the names of groups. */
  groupOf(name: string): string {
    const group = `${this.settings.topic}.${name}`;
    this.groups.add(group);
    return group;
  }

  /** Works with an admin client, which is closed after that. */
  async withAdmin<T>(work: (admin: ReturnType<ReturnType<typeof kafkaClient>['admin']>) => Promise<T>): Promise<T> {
    const admin = kafkaClient(this.connection, new Logger(TemporaryTopic.name)).admin();
    await admin.connect();
    try {
      return await work(admin);
    } finally {
      await admin.disconnect();
    }
  }

  /** By partition; -1 where the group has committed nothing. */
  committed(group: string): Promise<number[]> {
    return this.withAdmin(async (admin) => {
      const [answer] = await admin.fetchOffsets({ groupId: this.groupOf(group), topics: [this.settings.topic] });
      const ascending = answer.partitions.toSorted((a, b) => a.partition - b.partition);
      return ascending.map(({ offset }) => Number(offset));
    });
  }

  /** For a group without members. */
  commit(group: string, partition: number, offset: number): Promise<void> {
    const partitions = [{ partition, offset: String(offset) }];
    return this.withAdmin((admin) =>
      admin.setOffsets({ groupId: this.groupOf(group), topic: this.settings.topic, partitions }),
    ).then(() => undefined);
  }

  /** Removes the records of a partition below `offset`, as its retention would. */
  removeBelow(partition: number, offset: number): Promise<void> {
    const partitions = [{ partition, offset: String(offset) }];
    return this.withAdmin(async (admin) => {
      // The client must have heard of the topic before it can.
      await admin.fetchTopicOffsets(this.settings.topic);
      await admin.deleteTopicRecords({ topic: this.settings.topic, partitions });
    });
  }

  /** Takes topic and groups away. No member may be left. Once is enough. */
  async remove(): Promise<void> {
    if (this.removed) return;
    this.removed = true;
    await this.withAdmin(async (admin) => {
      const { topic } = this.settings;
      if ((await admin.listTopics()).includes(topic)) await admin.deleteTopics({ topics: [topic] });
      const known = new Set((await admin.listGroups()).groups.map(({ groupId }) => groupId));
      await admin.deleteGroups([...this.groups].filter((group) => known.has(group)));
    });
  }
}
