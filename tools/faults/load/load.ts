import { Changes, monotonicMs, type Random } from '@parley/harness';
import type { Device, People, Place } from './people.js';

const TICK_MS = 10;
/** Of one device, under way: what a person does not wait for any longer. */
const MOST_UNDER_WAY = 4;

/** A send that was accepted. Monotonic milliseconds. */
export interface Acceptance {
  at: number;
  partition: number;
}

/**
 * Sends at a steady rate, from devices and into conversations chosen at random. While sends are not answered devices fall
 * silent one after another, as people do; what is under way is tried again until it has its verdict.
 */
export class Load {
  /** In the order of time. */
  readonly acceptances: Acceptance[] = [];
  private readonly changes = new Changes();
  private readonly underWay = new Map<Device, number>();
  private readonly pending = new Set<Promise<void>>();
  private timer: NodeJS.Timeout | null = null;
  private sent = 0;

  constructor(
    private readonly people: People,
    private readonly random: Random,
  ) {}

  start(sendsPerSecond: number): void {
    const begun = monotonicMs();
    let due = 0;
    this.timer = setInterval(() => {
      for (; due < ((monotonicMs() - begun) / 1_000) * sendsPerSecond; due++) this.sendOne();
    }, TICK_MS);
  }

  /** Resolves when each send has its verdict, or was given up after a minute without one. */
  async stop(): Promise<void> {
    if (this.timer) clearInterval(this.timer);
    await Promise.all(this.pending);
  }

  /** Resolves when a send into each of the partitions was accepted at that moment or later; rejects after `timeoutMs`. */
  everywhereSince(since: number, partitions: readonly number[], timeoutMs: number): Promise<void> {
    const missing = new Set(partitions);
    let seen = this.acceptances.length;
    while (seen > 0 && this.acceptances[seen - 1].at >= since) seen--;
    const isEverywhere = (): boolean => {
      for (; seen < this.acceptances.length; seen++) missing.delete(this.acceptances[seen].partition);
      return missing.size === 0;
    };
    return this.changes.until(isEverywhere, { timeoutMs, what: 'accepted sends in every partition' });
  }

  private sendOne(): void {
    const free = this.people.senders.filter(
      (device) => !device.away && (this.underWay.get(device) ?? 0) < MOST_UNDER_WAY,
    );
    if (free.length === 0) return;
    const device = this.random.pick(free);
    const own = this.people.places.filter(({ members }) => members.includes(device.user));
    if (own.length === 0) return;
    const sending: Promise<void> = this.send(device, this.random.pick(own)).finally(() => this.pending.delete(sending));
    this.pending.add(sending);
  }

  private async send(device: Device, { conversationId, partition }: Place): Promise<void> {
    this.underWay.set(device, (this.underWay.get(device) ?? 0) + 1);
    const text = `${device.name}:${this.sent++} ${'x'.repeat(this.random.below(200))}`;
    // Without a verdict after a minute the outcome is unknown: the client has it on record.
    const answer = await device.client.send(conversationId, text).catch(() => null);
    this.underWay.set(device, (this.underWay.get(device) ?? 1) - 1);
    if (!answer?.ok) return;
    this.acceptances.push({ at: monotonicMs(), partition });
    this.changes.announce();
  }
}
