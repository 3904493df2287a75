import { Injectable, Logger, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import type { Verdict } from '@parley/contracts';
import { GatewayLink, type Push } from '@parley/gateway-link';
import { queuedPushes, type Trace } from '@parley/operability';
import { GatewayQueue } from './gateway-queue.js';

const LEASE_MS = 6_000;
const BEAT_MS = 2_000;
/** A gateway that nothing was meant for in so long is forgotten; without sessions and sends, nothing of it can be missed. */
const FORGOTTEN_AFTER_MS = 60_000;
/** Every gateway has compared each of its sessions by itself after so long. */
const OWED_FOR_MS = 300_000;

/**
 * One queue per gateway, so that none delays another. A frame that is not taken is given up; what it pushed, the gateway
 * finds by comparing, and its verdicts, the sender's process finds in the de-duplication rows.
 */
@Injectable()
export class GatewayQueues implements OnApplicationBootstrap, BeforeApplicationShutdown {
  protected readonly leaseMs: number = LEASE_MS;
  private readonly logger = new Logger(GatewayQueues.name);
  private readonly queues = new Map<string, GatewayQueue>();
  private stopBeating: () => void = () => undefined;
  /** When pushes may have got lost for gateways that nobody could name. */
  private lostAt = -Infinity;

  constructor(private readonly link: GatewayLink) {}

  onApplicationBootstrap(): void {
    const beating = setInterval(() => this.beat(), BEAT_MS).unref();
    const stopReading = queuedPushes.readFrom(() => this.sizes());
    this.stopBeating = () => {
      clearInterval(beating);
      stopReading();
    };
  }

  beforeApplicationShutdown(): void {
    this.stopBeating();
  }

  push(gateway: string, push: Push): void {
    this.queueOf(gateway).add({ push });
  }

  verdict(gateway: string, verdict: Verdict): void {
    this.queueOf(gateway).add({ verdict });
  }

  /** Resolves when everything queued so far for these gateways is taken, given up or dropped. `traces`: whose way it is. */
  async flush(gateways: Iterable<string>, traces: readonly Trace[] = []): Promise<void> {
    await Promise.all([...gateways].map((gateway) => this.queueOf(gateway).flush(traces)));
  }

  /** Pushes may have got lost for gateways that nobody could name: all that are known compare, and who becomes known later. */
  askAllToCompare(): void {
    this.lostAt = performance.now();
    for (const queue of this.queues.values()) queue.oweCompare();
  }

  /** Every two seconds: digests of heads, probes of absent gateways, and forgetting those that nobody mentions. */
  beat(): void {
    const forgotten = performance.now() - FORGOTTEN_AFTER_MS;
    for (const [gateway, queue] of this.queues) {
      if (queue.isIdle && queue.mentionedAt < forgotten) this.queues.delete(gateway);
      else queue.beat();
    }
  }

  /** By gateway, the pushes and verdicts that wait behind the frame that is on its way. */
  private sizes(): Map<string, number> {
    return new Map([...this.queues].map(([gateway, { size }]) => [gateway, size]));
  }

  private queueOf(gateway: string): GatewayQueue {
    let queue = this.queues.get(gateway);
    if (!queue) {
      queue = new GatewayQueue(gateway, this.link, this.leaseMs, this.logger);
      if (performance.now() - this.lostAt < OWED_FOR_MS) queue.oweCompare();
      this.queues.set(gateway, queue);
    }
    return queue;
  }
}
