import type { Verdict } from '@parley/contracts';
import type { Push } from '@parley/gateway-link';

/** A frame stays near these: a larger one would hold up the gateway's event loop, and all the frames behind it. */
const FRAME_ITEMS = 1_000;
const FRAME_BYTES = 1024 * 1024;
/** Roughly, as JSON. */
const SESSION_ID_BYTES = 40;
const VERDICT_BYTES = 300;

/** What a gateway is told. */
export type Item = { push: Push } | { verdict: Verdict };

/** What is queued for one gateway, in order. */
export class Backlog {
  private items: Item[] = [];

  get size(): number {
    return this.items.length;
  }

  add(item: Item): void {
    this.items.push(item);
  }

  /** The oldest items, as many as go into one frame; one that is larger goes alone. */
  take(): { pushes: Push[]; verdicts: Verdict[]; size: number } {
    const pushes: Push[] = [];
    const verdicts: Verdict[] = [];
    let bytes = 0;
    let size = 0;
    for (const item of this.items) {
      bytes += bytesOf(item);
      if (size > 0 && (size === FRAME_ITEMS || bytes > FRAME_BYTES)) break;
      if ('push' in item) pushes.push(item.push);
      else verdicts.push(item.verdict);
      size += 1;
    }
    this.items = this.items.slice(size);
    return { pushes, verdicts, size };
  }

  /** Answers how many items there were. */
  clear(): number {
    const { size } = this;
    this.items = [];
    return size;
  }
}

function bytesOf(item: Item): number {
  return 'push' in item ? item.push.bytes + SESSION_ID_BYTES * item.push.session_ids.length : VERDICT_BYTES;
}
