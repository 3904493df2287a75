import { Injectable } from '@nestjs/common';
import type { EntryView } from '@parley/contracts';
import { ConversationStore, type EntryRange, type StoredEntry } from '@parley/message-store';
import { toEntryView } from './entry-view.js';
import { ReaderClock } from './reader-clock.js';
import { Visibility, type SeqRange } from './visibility.js';
import { withoutDeletedText } from './without-deleted-text.js';

const FIRST_WAIT_MS = 5;
const LONGEST_WAIT_MS = 100;
const GIVE_UP_AFTER_MS = 2_000;
/** Entries in one read of the store: bounds what a limit in bytes can throw away. */
const ROWS_PER_READ = 100;

/** A conversation as one user may read it now: nothing above `head` is shown. */
export interface OpenedConversation {
  conversationId: string;
  head: number;
  visibility: Visibility;
}

/** How much a reader takes: at least one entry, then as long as neither limit is passed. */
export interface ReadLimits {
  entries: number;
  /** Of the entries' JSON in UTF-8. */
  bytes?: number;
}

export interface ReadEntry {
  entry: EntryView;
  /** Length of the entry's JSON in UTF-8. */
  bytes: number;
}

export interface ReadPage {
  /** In reading order. */
  entries: ReadEntry[];
  /**
   * Where the reader stands: everything visible between the start and here was read. Forward the highest, backward the
   * lowest such seq.
   */
  position: number;
  /** Something visible lies beyond `position`, be it that it is not there yet. */
  hasMore: boolean;
}

/**
 * Reads a conversation's entries without ever passing a missing one. `seq` is dense, so a hole below the head means "not
 * yet": the reader waits a little, reads again, and after 2 s in all stops before the hole. What lies between the user's
 * intervals of membership is not missing, only invisible.
 */
@Injectable()
export class EntryReader {
  constructor(
    private readonly store: ConversationStore,
    private readonly clock: ReaderClock,
  ) {}

  /**
   * Head first, memberships second: every change of membership up to the head is stored before the head, so that an entry
   * up to it is never shown to someone who had left by then. Nobody sees anything of a deleted conversation.
   */
  async open(userId: string, conversationId: string): Promise<OpenedConversation> {
    const head = await this.store.readHead(conversationId);
    const intervals = await this.store.readMembershipsOf(conversationId, userId);
    const visibility = new Visibility(intervals);
    const isGone =
      visibility.floor === null && !visibility.isEmpty && (await this.deletionAt(conversationId, head)) !== null;
    return { conversationId, head, visibility: isGone ? new Visibility([]) : visibility };
  }

  /**
   * The deletion of a conversation, for who was a member until then; null for everybody else and of any other
   * conversation. The one entry of it that is still shown, and only to who is connected.
   */
  async ending(userId: string, conversationId: string): Promise<ReadEntry | null> {
    const head = await this.store.readHead(conversationId);
    const last = (await this.store.readMembershipsOf(conversationId, userId)).at(-1);
    const deletion = last?.to_seq === head ? await this.deletionAt(conversationId, head) : null;
    return deletion && measured(toEntryView(deletion));
  }

  /** A deletion ends all memberships, and nothing is sequenced after it: the entry at the head tells. */
  private async deletionAt(conversationId: string, head: number): Promise<StoredEntry | null> {
    const range = { from: head, to: head, limit: 1, order: 'descending' } as const;
    const [last] = await this.store.readEntries(conversationId, range);
    return last?.body.change === 'deleted' ? last : null;
  }

  /**
   * The visible entries after `afterSeq`, ascending. A start above the head counts as the head, unless the reader is a
   * former member, who must not learn how far the conversation has come. With nothing left to read the position is the
   * last visible seq, or the start where that is higher.
   */
  async forward(
    { conversationId, head, visibility }: OpenedConversation,
    afterSeq: number,
    limits: ReadLimits,
  ): Promise<ReadPage> {
    const start = visibility.floor === null ? afterSeq : Math.min(afterSeq, head);
    const entries = await this.read(conversationId, visibility.within(start + 1, head), 'ascending', limits);
    const position = entries.at(-1)?.entry.seq ?? start;
    const hasMore = visibility.within(position + 1, head).length > 0;
    return { entries, hasMore, position: hasMore ? position : Math.max(start, visibility.lastUpTo(head)) };
  }

  /** The visible entries before `beforeSeq`, descending; `Infinity` starts at the head. */
  async backward(
    { conversationId, head, visibility }: OpenedConversation,
    beforeSeq: number,
    limits: ReadLimits,
  ): Promise<ReadPage> {
    const start = Math.min(beforeSeq, head + 1);
    const spans = visibility.within(1, start - 1).toReversed();
    const entries = await this.read(conversationId, spans, 'descending', limits);
    const position = entries.at(-1)?.entry.seq ?? start;
    return { entries, position, hasMore: visibility.within(1, position - 1).length > 0 };
  }

  /** Reads the spans, given in reading order, up to the limits or the first entry that does not come. */
  private async read(
    conversationId: string,
    spans: readonly SeqRange[],
    order: EntryRange['order'],
    limits: ReadLimits,
  ): Promise<ReadEntry[]> {
    const entries: ReadEntry[] = [];
    const patience = new Patience(this.clock);
    let bytesLeft = limits.bytes ?? Number.POSITIVE_INFINITY;
    for (let span of spans) {
      while (span.from <= span.to) {
        const limit = Math.min(limits.entries - entries.length, ROWS_PER_READ);
        const run = limit > 0 ? await this.readRun(conversationId, { ...span, limit, order }, patience) : [];
        for (const read of run) {
          bytesLeft -= read.bytes;
          if (bytesLeft < 0 && entries.length > 0) return entries;
          entries.push(read);
        }
        if (run.length === 0) return entries;
        span =
          order === 'ascending' ? { ...span, from: span.from + run.length } : { ...span, to: span.to - run.length };
      }
    }
    return entries;
  }

  /** The entries at the start of the range without a hole between them; empty only when the first one does not come. */
  private async readRun(conversationId: string, range: EntryRange, patience: Patience): Promise<ReadEntry[]> {
    const step = range.order === 'ascending' ? 1 : -1;
    const first = range.order === 'ascending' ? range.from : range.to;
    do {
      const found = await this.store.readEntries(conversationId, range);
      const hole = found.findIndex((entry, index) => entry.seq !== first + step * index);
      const run = hole < 0 ? found : found.slice(0, hole);
      if (run.length > 0) return await this.shown(conversationId, run);
    } while (await patience.wait());
    return [];
  }

  private async shown(conversationId: string, run: readonly StoredEntry[]): Promise<ReadEntry[]> {
    const entries = await withoutDeletedText(this.store, conversationId, run);
    return entries.map((entry) => measured(toEntryView(entry)));
  }
}

function measured(entry: EntryView): ReadEntry {
  return { entry, bytes: Buffer.byteLength(JSON.stringify(entry), 'utf8') };
}

/** Waits of growing length, until they have taken 2 s from the first one on. */
class Patience {
  private nextMs = FIRST_WAIT_MS;
  private since: number | null = null;

  constructor(private readonly clock: ReaderClock) {}

  /** False, at once, when there is none left. */
  async wait(): Promise<boolean> {
    this.since ??= this.clock.monotonicMs();
    if (this.clock.monotonicMs() - this.since >= GIVE_UP_AFTER_MS) return false;
    await this.clock.sleep(this.nextMs);
    this.nextMs = Math.min(2 * this.nextMs, LONGEST_WAIT_MS);
    return true;
  }
}
