import type { ConsumedRecord } from '../message-log.js';
import { sizeOf } from '../size-of.js';

/** How much of a partition may be handed out and unfinished at once: it bounds memory, and what a crash replays. */
export interface Bounds {
  records: number;
  bytes: number;
}

interface HandedOut extends Bounds {
  /** The offset after its last record. */
  end: number;
  finished: boolean;
}

/**
 * The batches of a partition that were handed out, in offset order, under one assignment. Batches finish in any order;
 * the watermark only passes those whose predecessors are finished too, so everything below it is. What finished above
 * the watermark still counts as in flight, since a crash replays it.
 */
export class InFlight {
  private readonly queue: HandedOut[] = [];
  private readonly waiting: (() => void)[] = [];
  private bytes = 0;
  /** How many records that is. */
  records = 0;

  /** `watermark`: the offset that this assignment starts at. */
  constructor(
    private readonly bounds: Bounds,
    public watermark: number,
  ) {}

  /** Returns what to call, once, when the batch is finished. */
  add(batch: readonly ConsumedRecord[]): () => void {
    const last = batch.at(-1);
    const handedOut: HandedOut = {
      end: last ? last.position.offset + 1 : this.watermark,
      records: batch.length,
      bytes: sizeOf(batch),
      finished: false,
    };
    this.queue.push(handedOut);
    this.records += handedOut.records;
    this.bytes += handedOut.bytes;
    return () => {
      handedOut.finished = true;
      this.advance();
    };
  }

  get isEmpty(): boolean {
    return this.queue.length === 0;
  }

  /** A batch that is larger than the bounds by itself has room where nothing else is in flight. */
  hasRoomFor(batch: readonly ConsumedRecord[]): boolean {
    if (this.isEmpty) return true;
    return this.records + batch.length <= this.bounds.records && this.bytes + sizeOf(batch) <= this.bounds.bytes;
  }

  /** Resolves the next time that the watermark rises or `wake` is called. */
  changed(): Promise<void> {
    return new Promise((resolve) => this.waiting.push(resolve));
  }

  wake(): void {
    for (const resolve of this.waiting.splice(0)) resolve();
  }

  private advance(): void {
    for (let first = this.queue[0]; first?.finished; first = this.queue[0]) {
      this.queue.shift();
      this.watermark = first.end;
      this.records -= first.records;
      this.bytes -= first.bytes;
      this.wake();
    }
  }
}
