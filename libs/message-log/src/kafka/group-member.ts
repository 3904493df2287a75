import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from '@nestjs/common';
import type { KafkaMessage } from 'kafkajs';
import { Availability } from './availability.js';
import { GroupConsumer, SESSION_MS, type ConsumerEvents } from './group-consumer.js';
import type { KafkaConnection } from './kafka-connection.js';

const WATCH_MS = 250;
/** A consumer that neither joins nor is answered for this long is replaced; twice what joining may take. */
const STUCK_MS = 12_000;
const FIRST_BACKOFF_MS = 250;
const LONGEST_BACKOFF_MS = 1_000;

/** What becomes of a member, each on the spot. */
export interface MemberEvents {
  /** These partitions are this member's. Nothing of them is fetched before `fetchFrom`. */
  onJoined(partitions: readonly number[]): void;
  /** They no longer are. With `orderly`, a commit in this turn of the event loop still counts. */
  onLost(orderly: boolean): void;
  /** Resolves when the records are taken; a rejection fetches them again. */
  onFetched(partition: number, messages: readonly KafkaMessage[]): Promise<void>;
}

/**
 * One member of a consumer group, for as long as it is wanted: a consumer, and another one when that crashes or is stuck.
 * Fetched records are taken at once and never worked on here, so heartbeats go on whatever their reader does.
 *
 * That the group has given a member up, kafkajs learns from an answer of the brokers; a process that was suspended would
 * go on reading until then. So the member watches the monotonic clock as well: a session without a heartbeat has lapsed.
 */
export class GroupMember implements ConsumerEvents {
  private readonly availability: Availability;
  private stopping = new AbortController();
  private consumer: GroupConsumer | null = null;
  private state: 'out' | 'in' | 'lapsed' = 'out';
  private partitions: readonly number[] = [];
  /** The last time that the group was known to count on this member, by the monotonic clock. */
  private heardAt = 0;
  private joins = 0;
  private living: Promise<void> = Promise.resolve();

  constructor(
    private readonly connection: KafkaConnection,
    private readonly where: { topic: string; group: string },
    private readonly events: MemberEvents,
    private readonly logger: Logger,
  ) {
    this.availability = new Availability(`Reading ${where.topic} as ${where.group}`, logger);
  }

  /** Why it is not in the group, or null. */
  get reason(): string | null {
    return this.state === 'in' ? null : (this.availability.reason ?? 'joining the group');
  }

  /** Joins, and joins again whenever that is needed, until `leave`. */
  join(): void {
    this.stopping = new AbortController();
    this.living = this.live();
  }

  async leave(): Promise<void> {
    this.stopping.abort();
    this.consumer?.end(null);
    await this.living;
  }

  /** Loses the partitions on the spot when the session has lapsed; whoever is about to use them asks. */
  checkSession(): void {
    if (this.state !== 'in' || this.silentMs <= SESSION_MS) return;
    this.availability.failed(`no heartbeat for ${Math.round(this.silentMs)} ms`);
    this.lose(false, 'lapsed');
  }

  fetchFrom(partition: number, offset: number): void {
    this.consumer?.fetchFrom(partition, offset);
  }

  pause(partition: number): void {
    this.consumer?.pause([partition]);
  }

  resume(partition: number): void {
    this.consumer?.resume([partition]);
  }

  /** Commits the next offset to read of each partition. Rejects when that is not known to have worked. */
  async commit(offsets: ReadonlyMap<number, number>): Promise<void> {
    if (!this.consumer) throw new Error('not in the group');
    await this.consumer.commit(offsets);
  }

  onJoin(partitions: readonly number[]): void {
    this.lose(false, 'out');
    this.joins += 1;
    this.partitions = partitions;
    this.own();
  }

  onHeartbeat(): void {
    this.heardAt = performance.now();
    // The group had not missed us.
    if (this.state === 'lapsed') this.own();
  }

  onRebalancing(): void {
    this.lose(true, 'out');
  }

  onFetched(partition: number, messages: readonly KafkaMessage[]): Promise<void> {
    return this.events.onFetched(partition, messages);
  }

  private async live(): Promise<void> {
    const watch = setInterval(() => this.watch(), WATCH_MS);
    const { signal } = this.stopping;
    for (let backoffMs = FIRST_BACKOFF_MS; ; backoffMs = Math.min(2 * backoffMs, LONGEST_BACKOFF_MS)) {
      const joinsBefore = this.joins;
      this.heardAt = performance.now();
      this.consumer = new GroupConsumer(this.connection, this.where, this, this.logger);
      const reason = await this.consumer.run();
      this.lose(false, 'out');
      await this.consumer.leave();
      this.consumer = null;
      if (signal.aborted) break;
      this.availability.failed(reason);
      if (this.joins > joinsBefore) backoffMs = FIRST_BACKOFF_MS;
      await sleep(backoffMs, undefined, { signal }).catch(() => undefined);
      if (signal.aborted) break;
    }
    clearInterval(watch);
  }

  private own(): void {
    this.heardAt = performance.now();
    this.state = 'in';
    // Nothing may be fetched before its offset is checked: what is missing kafkajs would skip, without a word.
    this.consumer?.pause(this.partitions);
    this.availability.works();
    this.events.onJoined(this.partitions);
  }

  private lose(orderly: boolean, state: 'out' | 'lapsed'): void {
    if (this.state === 'in') this.events.onLost(orderly);
    this.state = state;
  }

  private watch(): void {
    this.checkSession();
    if (this.silentMs > STUCK_MS) this.consumer?.end('the consumer is stuck');
  }

  private get silentMs(): number {
    return performance.now() - this.heardAt;
  }
}
