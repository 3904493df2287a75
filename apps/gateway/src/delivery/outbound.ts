import { Stream } from './stream.js';

interface Outstanding {
  stream: Stream;
  seq: number;
  bytes: number;
}

/** Entries and bytes that may be sent. */
export interface Room {
  entries: number;
  bytes: number;
}

/**
 * What a session was sent and has not acknowledged. The window bounds the memory and the network buffer that a session
 * can cost: beyond it nothing is queued, entries stay in the store until acknowledgements make room.
 */
export class Outbound {
  /** False until the session knows its positions: pushes that come earlier only leave a note in `early`. */
  isOpen = false;
  readonly early = new Map<string, number>();
  readonly streams = new Map<string, Stream>();
  /** Conversations with entries that were not sent yet. */
  readonly behind = new Set<Stream>();
  /** Heads of conversations with traffic since the client was last told. */
  readonly touched = new Map<string, number>();

  private outstanding: Outstanding[] = [];
  private bytes = 0;
  private quietSince = 0;
  private onRoom: (() => void) | null = null;

  /** A conversation that is not known yet was joined since the sync: it starts at its first visible entry. */
  streamOf(conversationId: string, startAfter = 0): Stream {
    let stream = this.streams.get(conversationId);
    if (!stream) {
      stream = new Stream(conversationId, startAfter);
      this.streams.set(conversationId, stream);
    }
    return stream;
  }

  /** What the window has room for. An entry larger than the whole window goes out alone. */
  room(window: Room): Room {
    if (this.outstanding.length === 0) return { entries: window.entries, bytes: Math.max(window.bytes, 1) };
    const entries = window.entries - this.outstanding.length;
    const bytes = window.bytes - this.bytes;
    return entries > 0 && bytes > 0 ? { entries, bytes } : { entries: 0, bytes: 0 };
  }

  sent(stream: Stream, seq: number, bytes: number): void {
    if (this.outstanding.length === 0) this.quietSince = performance.now();
    this.outstanding.push({ stream, seq, bytes });
    this.bytes += bytes;
    stream.sentTo = seq;
    stream.acknowledgeable = seq;
  }

  /** Takes what the streams have acknowledged out of the window; true when that made room. */
  acknowledge(): boolean {
    const remaining = this.outstanding.filter(({ stream, seq }) => seq > stream.acknowledged);
    if (remaining.length === this.outstanding.length) return false;
    this.outstanding = remaining;
    this.bytes = remaining.reduce((sum, { bytes }) => sum + bytes, 0);
    this.quietSince = performance.now();
    this.release();
    return true;
  }

  /** Resolves at the next acknowledgement that makes room, or when the session ends. One waiter: the sync. */
  whenRoom(): Promise<void> {
    return new Promise((resolve) => {
      this.onRoom = resolve;
    });
  }

  release(): void {
    this.onRoom?.();
    this.onRoom = null;
  }

  /** Milliseconds for which nothing was acknowledged while something was outstanding. */
  get quietMs(): number {
    return this.outstanding.length === 0 ? 0 : performance.now() - this.quietSince;
  }
}
