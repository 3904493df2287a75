import type { Admin } from 'kafkajs';
import type { Availability } from './availability.js';
import { describeTopic, type KafkaTopicSettings } from './kafka-topic.js';

const EVERY_MS = 2_000;

/**
 * Asks the brokers every 2 s who leads which partition and whether each can be written to, so that readiness is true with
 * traffic or without. It works again when that is so and nothing has failed since it was last asked: while some partitions
 * work and others do not, it does not.
 */
export class TopicWatch {
  private readonly timer: NodeJS.Timeout;
  private leaders: readonly number[] = [];
  private failuresBefore = 0;
  private looking: Promise<void> | null = null;

  constructor(
    private readonly admin: Admin,
    private readonly settings: KafkaTopicSettings,
    private readonly publishing: Availability,
  ) {
    this.timer = setInterval(() => void this.look(), EVERY_MS).unref();
  }

  /** The broker that led the partition when we last looked. */
  leaderOf(partition: number): number {
    return this.leaders[partition] ?? -1;
  }

  /** Resolves when it is known; what does not answer is `failed`. */
  look(): Promise<void> {
    this.looking ??= this.lookOnce().finally(() => (this.looking = null));
    return this.looking;
  }

  stop(): void {
    clearInterval(this.timer);
  }

  private async lookOnce(): Promise<void> {
    const isQuiet = this.publishing.failures === this.failuresBefore;
    this.failuresBefore = this.publishing.failures;
    try {
      const partitions = await describeTopic(this.admin, this.settings.topic);
      this.leaders = partitions.map(({ leader }) => leader);
      const { minInsyncReplicas } = this.settings;
      const stuck = partitions.filter(({ leader, isr }) => leader < 0 || isr.length < minInsyncReplicas);
      if (stuck.length > 0) {
        this.publishing.failed(`${stuck.length} of ${partitions.length} partitions have too few replicas in sync`);
      } else if (isQuiet) {
        this.publishing.works();
      }
    } catch (error) {
      this.publishing.failed(error);
    }
  }
}
