import { Injectable, Logger } from '@nestjs/common';
import type { Verdict } from '@parley/contracts';
import { GatewayLink, type LinkFrame, type Push } from '@parley/gateway-link';

/** The length of a gateway's lease: one that took nothing for so long is gone, or will compare when it is back. */
const LEASE_MS = 6_000;

/**
 * One queue per gateway, so that none delays another: at most one frame is on its way to a gateway, and all that is queued
 * meanwhile goes with the next. A frame that is not taken is given up; what it pushed, the gateway finds by comparing.
 */
@Injectable()
export class GatewayQueues {
  private readonly logger = new Logger(GatewayQueues.name);
  private readonly queues = new Map<string, GatewayQueue>();

  constructor(private readonly link: GatewayLink) {}

  push(gateway: string, push: Push): void {
    this.queueOf(gateway).next.pushes.push(push);
  }

  verdict(gateway: string, verdict: Verdict): void {
    this.queueOf(gateway).next.verdicts.push(verdict);
  }

  /** Resolves when everything queued so far for these gateways is taken or given up. */
  async flush(gateways: Iterable<string>): Promise<void> {
    await Promise.all([...gateways].map((gateway) => this.drain(gateway, this.queueOf(gateway))));
  }

  private drain(gateway: string, queue: GatewayQueue): Promise<void> {
    if (isEmpty(queue.next)) return queue.sending;
    // All who flush while a frame is on its way share the next one.
    queue.waiting ??= queue.sending.then(() => {
      queue.waiting = null;
      const frame = queue.next;
      queue.next = emptyFrame();
      queue.sending = this.send(gateway, frame);
      return queue.sending;
    });
    return queue.waiting;
  }

  private async send(gateway: string, frame: LinkFrame): Promise<void> {
    try {
      await withinLease(this.link.deliver(gateway, frame));
    } catch (error) {
      this.logger.warn(`gave up a frame to gateway ${gateway}: ${String(error)}`);
      const queue = this.queues.get(gateway);
      if (queue && isEmpty(queue.next)) this.queues.delete(gateway);
    }
  }

  private queueOf(gateway: string): GatewayQueue {
    let queue = this.queues.get(gateway);
    if (!queue) {
      queue = { next: emptyFrame(), sending: Promise.resolve(), waiting: null };
      this.queues.set(gateway, queue);
    }
    return queue;
  }
}

/** Rejects when the frame is not taken in time. */
async function withinLease(taken: Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`not taken within ${LEASE_MS} ms`)), LEASE_MS);
  });
  await Promise.race([taken, late]).finally(() => clearTimeout(timer));
}

interface GatewayQueue {
  next: LinkFrame;
  sending: Promise<void>;
  waiting: Promise<void> | null;
}

function emptyFrame(): LinkFrame {
  return { pushes: [], verdicts: [] };
}

function isEmpty(frame: LinkFrame): boolean {
  return frame.pushes.length === 0 && frame.verdicts.length === 0;
}
