import type { EntryView, MessageBatch } from '@parley/contracts';
import { monotonicMs } from './changes.js';

/** One entry as a client showed it to its user. */
export interface Shown {
  entry: EntryView;
  via: 'live' | 'batch' | 'pull';
  /** Monotonic milliseconds. */
  at: number;
  /** The client's connections count from 1. */
  connection: number;
}

/**
 * What a client shows, and its position in each conversation, by the rules that the protocol gives to clients: an entry
 * at or below the position is dropped, one above position + 1 tells of a gap, a batch moves the position to its end.
 *
 * A conversation without a position begins with its first batch or live entry: a device that is seen for the first time
 * leaves what lies before it to the history.
 */
export class Timeline {
  readonly shown: Shown[] = [];
  readonly positions: Map<string, number>;
  /** Counts the connections; set by the client. */
  connection = 0;

  constructor(positions: Readonly<Record<string, number>> = {}) {
    this.positions = new Map(Object.entries(positions));
  }

  position(conversationId: string): number | undefined {
    return this.positions.get(conversationId);
  }

  live(entry: EntryView): 'shown' | 'dropped' | 'gap' {
    const position = this.position(entry.conversation_id) ?? entry.seq - 1;
    if (entry.seq <= position) return 'dropped';
    if (entry.seq > position + 1) return 'gap';
    this.show(entry, 'live');
    return 'shown';
  }

  batch(batch: MessageBatch): void {
    this.showNewer(batch.conversation_id, batch.messages, 'batch');
    this.moveTo(batch.conversation_id, batch.to_seq);
  }

  /** The answer of `sync:pull`: where it jumps, what lies between is not visible to this user. */
  pulled(conversationId: string, pulled: { messages: EntryView[]; to_seq: number }): void {
    this.showNewer(conversationId, pulled.messages, 'pull');
    this.moveTo(conversationId, pulled.to_seq);
  }

  /** What it showed of one conversation, in the order in which it did. */
  of(conversationId: string): EntryView[] {
    return this.shown.map(({ entry }) => entry).filter((entry) => entry.conversation_id === conversationId);
  }

  private showNewer(conversationId: string, entries: EntryView[], via: Shown['via']): void {
    for (const entry of entries) {
      if (entry.seq > (this.position(conversationId) ?? 0)) this.show(entry, via);
    }
  }

  private show(entry: EntryView, via: Shown['via']): void {
    this.shown.push({ entry, via, at: monotonicMs(), connection: this.connection });
    this.moveTo(entry.conversation_id, entry.seq);
  }

  private moveTo(conversationId: string, seq: number): void {
    if (seq > (this.position(conversationId) ?? -1)) this.positions.set(conversationId, seq);
  }
}
