import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from '@nestjs/common';
import type { Consumer, KafkaMessage } from 'kafkajs';
import { kafkaClient, METADATA_MAX_AGE_MS, type KafkaConnection } from './kafka-connection.js';

const MIB = 1024 * 1024;
/** A member that is not heard of for this long has left: what a kill costs the group. */
export const SESSION_MS = 6_000;
const HEARTBEAT_MS = 1_500;
/** How long the others wait for a member that has to join again. Nothing here blocks one, so it is a round trip. */
const REBALANCE_MS = 6_000;
/** A fetch without data ends after this; it bounds how long a partition that is resumed waits for the next one. */
const FETCH_WAIT_MS = 100;
const LEAVING_MS = 3_000;

/** What a consumer tells, each on the spot. */
export interface ConsumerEvents {
  onJoin(partitions: readonly number[]): void;
  onHeartbeat(): void;
  /** The group forms anew; a commit in this turn of the event loop still counts. */
  onRebalancing(): void;
  /** Resolves when the records are taken; a rejection fetches them again. */
  onFetched(partition: number, messages: readonly KafkaMessage[]): Promise<void>;
}

/**
 * A kafkajs consumer of one topic that commits nothing by itself and is used once: after a crash, or when it is ended, it
 * tells nothing more.
 */
export class GroupConsumer {
  private readonly consumer: Consumer;
  private readonly topic: string;
  private over = false;
  /** Settles when it has joined, or will not any more. */
  private begun: Promise<void> = Promise.resolve();
  /** Ends `run`. */
  end: (reason: unknown) => void = () => undefined;

  constructor(
    connection: KafkaConnection,
    where: { topic: string; group: string },
    private readonly events: ConsumerEvents,
    private readonly logger: Logger,
  ) {
    this.topic = where.topic;
    this.consumer = kafkaClient(connection, logger).consumer({
      groupId: where.group,
      sessionTimeout: SESSION_MS,
      heartbeatInterval: HEARTBEAT_MS,
      rebalanceTimeout: REBALANCE_MS,
      maxWaitTimeInMs: FETCH_WAIT_MS,
      maxBytesPerPartition: MIB,
      metadataMaxAge: METADATA_MAX_AGE_MS,
      allowAutoTopicCreation: false,
      // A transaction that somebody left open on the topic must not hold it up.
      readUncommitted: true,
      retry: { initialRetryTime: 100, maxRetryTime: 1_000, retries: 5, restartOnFailure: async () => false },
    });
  }

  /** Joins and reads; resolves with the reason why this consumer is of no use any more. */
  async run(): Promise<unknown> {
    const { GROUP_JOIN, HEARTBEAT, REBALANCING, CRASH } = this.consumer.events;
    const reason = await new Promise<unknown>((resolve) => {
      this.end = resolve;
      this.consumer.on(GROUP_JOIN, ({ payload }) => {
        if (!this.over) this.events.onJoin(payload.memberAssignment[this.topic] ?? []);
      });
      this.consumer.on(HEARTBEAT, () => this.over || this.events.onHeartbeat());
      this.consumer.on(REBALANCING, () => this.over || this.events.onRebalancing());
      this.consumer.on(CRASH, ({ payload }) => resolve(payload.error));
      this.begun = this.begin();
      this.begun.catch(resolve);
    });
    this.over = true;
    return reason;
  }

  fetchFrom(partition: number, offset: number): void {
    this.tell(() => this.consumer.seek({ topic: this.topic, partition, offset: String(offset) }));
    this.resume([partition]);
  }

  pause(partitions: readonly number[]): void {
    this.tell(() => this.consumer.pause([{ topic: this.topic, partitions: [...partitions] }]));
  }

  resume(partitions: readonly number[]): void {
    this.tell(() => this.consumer.resume([{ topic: this.topic, partitions: [...partitions] }]));
  }

  /** Commits the next offset to read of each partition. Rejects when that is not known to have worked. */
  async commit(offsets: ReadonlyMap<number, number>): Promise<void> {
    await this.consumer.commitOffsets(
      [...offsets].map(([partition, offset]) => ({ topic: this.topic, partition, offset: String(offset) })),
    );
  }

  /**
   * Leaves the group and closes the connections, as far as the brokers answer within seconds, and otherwise when they do. A
   * consumer that is told to go while it joins goes on joining: it can be made to leave only after that, or it would
   * stay in the group for good and own partitions that nobody reads.
   */
  async leave(): Promise<void> {
    const leaving = this.begun
      .catch(() => undefined)
      .then(() => this.consumer.disconnect())
      .catch((error: unknown) => this.logger.verbose(String(error)));
    await Promise.race([leaving, sleep(LEAVING_MS, undefined, { ref: false })]);
  }

  private async begin(): Promise<void> {
    await this.consumer.connect();
    if (this.over) return;
    await this.consumer.subscribe({ topics: [this.topic], fromBeginning: true });
    if (this.over) return;
    await this.consumer.run({
      autoCommit: false,
      eachBatch: async (payload) => {
        // Stale: it was asked to go back while this was on its way.
        if (this.over || payload.isStale()) return;
        await this.events.onFetched(payload.batch.partition, payload.batch.messages);
      },
    });
  }

  /** Between a crash and its event kafkajs refuses to be told anything; nothing is fetched then either. */
  private tell(what: () => void): void {
    try {
      what();
    } catch (error) {
      this.logger.verbose(`The consumer of ${this.topic} has crashed: ${String(error)}`);
    }
  }
}
