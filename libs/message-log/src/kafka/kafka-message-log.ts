import { Logger } from '@nestjs/common';
import { EngineUnavailable, type Position } from '@parley/contracts';
import type { Admin, Message, Producer } from 'kafkajs';
import { MessageLog, type RecordToAppend } from '../message-log.js';
import { partitionOf } from '../partition-of.js';
import { Availability } from './availability.js';
import { kafkaClient, METADATA_MAX_AGE_MS, REQUEST_TIMEOUT_MS, type KafkaConnection } from './kafka-connection.js';
import { KafkaLogProgress } from './kafka-log-progress.js';
import { fetchBounds } from './partition-bounds.js';
import { KafkaRecordSource } from './kafka-record-source.js';
import { openTopic, UnusableTopic, type KafkaTopicSettings } from './kafka-topic.js';
import { ProduceQueue, type PartitionGroup } from './produce-queue.js';
import { TopicWatch } from './topic-watch.js';

const MIB = 1024 * 1024;
const PUBLISH_DEADLINE_MS = 5_000;
/** Beyond what the topic is sure to take. Records of ours are a tenth of it at most. */
const RECORD_BYTES = MIB;

/** Which log this is. Whoever has stored something that came from a log compares it before going on. */
export interface KafkaLogDescription {
  clusterId: string;
  topic: string;
  partitions: number;
}

/**
 * A message log on a Kafka topic. A record is durable when all in-sync replicas have it. The producer is not idempotent
 * and never tries twice: whether a failed append took effect is unknown to the caller, who may append again; a record
 * that is there twice has one effect (ADR 12).
 */
export class KafkaMessageLog extends MessageLog {
  private readonly logger = new Logger(KafkaMessageLog.name);
  private readonly publishing = new Availability('Publishing to Kafka', this.logger);
  private readonly queue: ProduceQueue;
  private readonly watch: TopicWatch;
  override readonly partitions: number;

  private constructor(
    private readonly connection: KafkaConnection,
    private readonly settings: KafkaTopicSettings,
    private readonly clients: Clients,
    readonly description: KafkaLogDescription,
  ) {
    super();
    this.partitions = settings.partitions;
    this.watch = new TopicWatch(clients.admin, settings, this.publishing);
    this.queue = new ProduceQueue((groups) => this.produce(groups), {
      partitions: settings.partitions,
      deadlineMs: PUBLISH_DEADLINE_MS,
      lingerMs: 2,
      groupRecords: 500,
      groupBytes: MIB,
      waitingBytes: 32 * MIB,
      brokerOf: (partition) => this.watch.leaderOf(partition),
    });
  }

  /**
   * Connects, creates the topic where it is missing and checks it. Rejects within seconds, with nothing left open: with
   * `UnusableTopic` when somebody has to change the topic, with `EngineUnavailable` when calling again may help.
   */
  static async open(connection: KafkaConnection, settings: KafkaTopicSettings): Promise<KafkaMessageLog> {
    const clients = createClients(connection);
    const { admin, producer } = clients;
    try {
      await admin.connect();
      await openTopic(admin, settings);
      const { clusterId } = await admin.describeCluster();
      await producer.connect();
      const { topic, partitions } = settings;
      const log = new KafkaMessageLog(connection, settings, clients, { clusterId, topic, partitions });
      await log.watch.look();
      return log;
    } catch (error) {
      await Promise.allSettled([admin.disconnect(), producer.disconnect()]);
      throw error instanceof UnusableTopic ? error : new EngineUnavailable('kafka', 'open the log', error);
    }
  }

  /** Why appending does not work right now, or null. Asked of the brokers every 2 s, traffic or not. */
  get unavailable(): string | null {
    return this.publishing.reason;
  }

  /** Bytes of records that wait for Kafka. */
  get waitingBytes(): number {
    return this.queue.bytes;
  }

  override append(record: RecordToAppend): Promise<Position> {
    if (record.value.byteLength > RECORD_BYTES) {
      return Promise.reject(
        new RangeError(`A record of ${record.value.byteLength} bytes is larger than ${RECORD_BYTES}`),
      );
    }
    return this.queue.add(partitionOf(record.key, this.partitions), record);
  }

  /** What the consumer group of this name reads from. */
  source(group: string): KafkaRecordSource {
    return new KafkaRecordSource(this.connection, this.settings.topic, group);
  }

  /** How far the consumer group of this name has come. */
  progress(group: string): KafkaLogProgress {
    return new KafkaLogProgress(this.clients.admin, { topic: this.settings.topic, group });
  }

  /** The offset that the next record gets, by partition, as of now. */
  async ends(): Promise<number[]> {
    const bounds = await fetchBounds(this.clients.admin, this.settings.topic);
    return bounds.map(({ end }) => end);
  }

  /** Takes no further appends; resolves when those before are settled and the connections are closed. */
  async close(): Promise<void> {
    this.watch.stop();
    await this.queue.close();
    await Promise.allSettled([this.clients.producer.disconnect(), this.clients.admin.disconnect()]);
  }

  private async produce(groups: readonly PartitionGroup[]): Promise<Map<number, number>> {
    const messages = groups.flatMap(({ partition, records }) => records.map((record) => messageOf(partition, record)));
    const { topic } = this.settings;
    try {
      const answers = await this.clients.producer.send({ topic, acks: -1, timeout: REQUEST_TIMEOUT_MS, messages });
      return new Map(answers.map(({ partition, baseOffset }) => [partition, Number(baseOffset)]));
    } catch (error) {
      this.publishing.failed(error);
      throw error;
    }
  }
}

interface Clients {
  admin: Admin;
  producer: Producer;
}

function createClients(connection: KafkaConnection): Clients {
  const kafka = kafkaClient(connection, new Logger(KafkaMessageLog.name));
  const producer = kafka.producer({
    createPartitioner: () => partitionAsGiven,
    allowAutoTopicCreation: false,
    idempotent: false,
    metadataMaxAge: METADATA_MAX_AGE_MS,
    retry: { retries: 0 },
  });
  return { admin: kafka.admin(), producer };
}

function partitionAsGiven({ message: { partition } }: { message: Message }): number {
  if (partition === undefined) throw new Error('A message without its partition');
  return partition;
}

function messageOf(partition: number, { key, value, headers = {} }: RecordToAppend): Message {
  return { partition, key, value: Buffer.from(value.buffer, value.byteOffset, value.byteLength), headers };
}
