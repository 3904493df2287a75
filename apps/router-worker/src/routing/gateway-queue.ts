import type { Logger } from '@nestjs/common';
import { GatewayAbsent, type GatewayLink, type LinkFrame } from '@parley/gateway-link';
import { countFrame, observeStage, withoutLogIds, type Trace } from '@parley/operability';
import { Backlog, type Item } from './backlog.js';
import { RecentHeads } from './recent-heads.js';
import { within } from './within.js';

/** Where nobody listens, nobody is slow. Longer than a process needs to open its port again; a commit waits for it. */
const ABSENT_AFTER_MS = 1_000;
const FIRST_PAUSE_MS = 50;
const LONGEST_PAUSE_MS = 500;

/**
 * What goes to one gateway: one frame at a time, and with the next all that is queued meanwhile. A frame that is not taken
 * within a lease length is given up, and from then on the gateway is absent: what is meant for it is dropped at once, so
 * that a dead one costs a partition one wait, until it takes a probe. Whatever was dropped, the first frame that is taken
 * tells the gateway to compare.
 */
export class GatewayQueue {
  /** When something was last meant for this gateway, in milliseconds of the monotonic clock. */
  mentionedAt = performance.now();
  isAbsent = false;
  private readonly backlog = new Backlog();
  private readonly heads = new RecentHeads();
  /** Something got lost since the gateway was last told to compare. */
  private owesCompare = false;
  private isSending = false;
  /** Items ever queued, and of these the ones that were taken or lost. */
  private queued = 0;
  private settled = 0;
  private readonly waiting: { upTo: number; since: number; traces: readonly Trace[]; resolve: () => void }[] = [];
  /** Something was dropped that nobody has asked about yet. */
  private hasDropped = false;

  constructor(
    private readonly gateway: string,
    private readonly link: GatewayLink,
    /** The length of a gateway's lease in milliseconds: one that took nothing for so long is gone, or will compare. */
    private readonly leaseMs: number,
    private readonly logger: Logger,
  ) {}

  /** Pushes and verdicts that wait, without those on their way. */
  get size(): number {
    return this.backlog.size;
  }

  get isIdle(): boolean {
    return !this.isSending && this.backlog.size === 0;
  }

  add(item: Item): void {
    this.mentionedAt = performance.now();
    if (this.isAbsent) {
      this.hasDropped = true;
      this.owesCompare = true;
    } else {
      this.queued += 1;
      this.backlog.add(item);
    }
  }

  /** Resolves when everything queued so far is taken or lost. */
  flush(traces: readonly Trace[] = []): Promise<void> {
    if (this.hasDropped) countFrame('dropped');
    this.hasDropped = false;
    if (this.settled === this.queued) return Promise.resolve();
    const since = performance.now();
    const done = new Promise<void>((resolve) => this.waiting.push({ upTo: this.queued, since, traces, resolve }));
    this.wake();
    return done;
  }

  /** The gateway missed something that never reached this queue: its next frame says so. */
  oweCompare(): void {
    this.owesCompare = true;
  }

  /** To be called every two seconds: reminds the gateway of the heads, or looks whether it is back. */
  beat(): void {
    if (!this.heads.digest()) this.owesCompare = true;
    if (this.hasWork) this.wake();
  }

  private get hasWork(): boolean {
    return this.backlog.size > 0 || this.heads.isDue || this.owesCompare;
  }

  private wake(): void {
    if (this.isSending) return;
    this.isSending = true;
    // A turn later: several who flush at once share a frame.
    queueMicrotask(() => void withoutLogIds(() => this.send()));
  }

  private async send(): Promise<void> {
    do {
      const { frame, size } = this.nextFrame();
      if (await this.isTaken(frame)) this.welcome();
      else this.giveUp();
      this.settle(size);
    } while (this.hasWork && !this.isAbsent);
    this.isSending = false;
  }

  private nextFrame(): { frame: LinkFrame; size: number } {
    const { pushes, verdicts, size } = this.backlog.take();
    for (const push of pushes) this.heads.note(push);
    const frame = { pushes, verdicts, heads: this.heads.take(), compare: this.owesCompare };
    // What gets lost from here on, while the frame is on its way, is owed again.
    this.owesCompare = false;
    return { frame, size };
  }

  /** Tries until the gateway takes the frame or has had its time. Never rejects. */
  private async isTaken(frame: LinkFrame): Promise<boolean> {
    const startedAt = performance.now();
    const elapsed = (): number => performance.now() - startedAt;
    for (let pause = FIRST_PAUSE_MS; ; pause = Math.min(2 * pause, LONGEST_PAUSE_MS)) {
      try {
        await within(this.leaseMs - elapsed(), (signal) => this.link.deliver(this.gateway, frame, signal));
        return true;
      } catch (error) {
        if (elapsed() + pause >= this.patience(error)) {
          if (!this.isAbsent) this.logger.warn(`gave up gateway ${this.gateway}: ${String(error)}`);
          return false;
        }
      }
      await new Promise((resolve) => setTimeout(resolve, pause));
    }
  }

  /** For how long a frame is tried again after this failure, in milliseconds. A probe is tried once. */
  private patience(error: unknown): number {
    if (this.isAbsent) return 0;
    return error instanceof GatewayAbsent ? ABSENT_AFTER_MS : this.leaseMs;
  }

  private welcome(): void {
    countFrame('taken');
    if (this.isAbsent) this.logger.log(`gateway ${this.gateway} is back`);
    this.isAbsent = false;
  }

  private giveUp(): void {
    if (!this.isAbsent) countFrame('given_up');
    this.isAbsent = true;
    this.owesCompare = true;
    this.heads.clear();
    this.settled += this.backlog.clear();
  }

  private settle(items: number): void {
    this.settled += items;
    const firstLater = this.waiting.findIndex(({ upTo }) => upTo > this.settled);
    const done = this.waiting.splice(0, firstLater === -1 ? this.waiting.length : firstLater);
    for (const { since, traces, resolve } of done) {
      if (!this.isAbsent) observeStage('link', performance.now() - since, traces);
      resolve();
    }
  }
}
