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
  /** The sync is not through yet. */
  isSyncing = false;
  /** Entries are being read for `behind`: one conversation at a time. */
  isCatchingUp = false;
  /** Something came since: a new look at all of `behind`. */
  isCatchUpDue = false;
  /** Heads of conversations with traffic since the client was last told. */
  readonly touched = new Map<string, number>();

  private outstanding: Outstanding[] = [];
  private bytes = 0;
  /** The next entry did not fit: to read it again before something is acknowledged would be in vain. */
  private isFull = false;
  private quietSince = 0;
  private onRoom: (() => void) | null = null;

  /** From now on pushes go out, or wait behind their conversation's sync. */
  open(): void {
    for (const [conversationId, seq] of this.early) {
      const stream = this.streamOf(conversationId);
      stream.wanted = Math.max(stream.wanted, seq);
      this.behind.add(stream);
    }
    this.early.clear();
    this.isOpen = true;
  }

  /** A conversation that is not known yet was joined since the sync: it starts at its first visible entry. */
  streamOf(conversationId: string, startAfter = 0): Stream {
    let stream = this.streams.get(conversationId);
    if (!stream) {
      stream = new Stream(conversationId, startAfter);
      this.streams.set(conversationId, stream);
    }
    return stream;
  }

  /** What the window has room for: nothing where the next entry was found too large for what is left. */
  room(window: Room): Room {
    if (this.isFull) return { entries: 0, bytes: 0 };
    const entries = window.entries - this.outstanding.length;
    const bytes = window.bytes - this.bytes;
    return entries > 0 && bytes > 0 ? { entries, bytes } : { entries: 0, bytes: 0 };
  }

  /**
   * Whether one more entry fits; where not, there is no room until an acknowledgement. One that is larger than the whole
   * window goes out alone.
   */
  fits(bytes: number, window: Room): boolean {
    if (this.outstanding.length === 0) return true;
    this.isFull ||= this.outstanding.length >= window.entries || this.bytes + bytes > window.bytes;
    return !this.isFull;
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
    this.isFull = false;
    this.bytes = remaining.reduce((sum, { bytes }) => sum + bytes, 0);
    this.quietSince = performance.now();
    this.release();
    return true;
  }

  /**
   * Resolves at the next acknowledgement that makes room, or when the session ends; at once with nothing outstanding, since
   * no acknowledgement would come then. One waiter: the sync.
   */
  whenRoom(): Promise<void> {
    if (this.outstanding.length === 0) return Promise.resolve();
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
