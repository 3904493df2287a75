import { ConversationStore, type DeduplicationKey, type EntryRange } from '../conversation-store.js';
import { InboxStore } from '../inbox-store.js';
import type { ConversationRow, DeduplicationRow, InboxRow, InboxWrite, Membership, StoredEntry } from '../rows.js';

/**
 * What goes wrong with the writes of one process, shared by the stores that it writes to. Every write is taken apart
 * and its rows are applied in random order. The process dies in its n-th write (`dieAfter` counts the whole ones before
 * it): some of that write's rows are applied, then it and everything later rejects and nothing is ever applied again.
 *
 * A process that stalls has lost its partition and does not know: its writes wait, and what is released is applied
 * later, in any order over all of them, on top of whatever a successor wrote meanwhile.
 */
export class WriteFaults {
  private held: { pieces: (() => Promise<void>)[]; settle: (outcome: Promise<void>) => void }[] | null = null;
  private died = false;

  /** `random` answers numbers from 0 up to but not including 1; the same numbers give the same faults. */
  constructor(
    private readonly random: () => number,
    private dieAfter = Number.POSITIVE_INFINITY,
  ) {}

  get dead(): boolean {
    return this.died;
  }

  /** Ends the process now; writes that are held back are lost. */
  die(): void {
    this.died = true;
    for (const { settle } of this.held ?? []) settle(Promise.reject(dead()));
    this.held = null;
  }

  /** Holds all writes back from now on. */
  stall(): void {
    this.held ??= [];
  }

  /** Applies what was held back and lets later writes through. Resolves when all of it is applied. */
  async release(): Promise<void> {
    const held = this.held ?? [];
    this.held = null;
    const pieces = this.shuffled(held.flatMap((write) => write.pieces));
    const applied = Promise.all(pieces.map((piece) => piece())).then(() => undefined);
    for (const { settle } of held) settle(applied);
    await applied;
  }

  /** Writes rows, each by itself. */
  async write<R>(rows: readonly R[], store: (rows: readonly R[]) => Promise<void>): Promise<void> {
    this.mustLive();
    const pieces = this.shuffled(rows.map((row) => () => store([row])));
    if (this.held) {
      const held = this.held;
      return new Promise<void>((settle) => held.push({ pieces, settle }));
    }
    if (this.dieAfter === 0) {
      this.die();
      await Promise.all(pieces.slice(0, Math.floor(this.random() * (pieces.length + 1))).map((piece) => piece()));
      throw dead();
    }
    this.dieAfter -= 1;
    await Promise.all(pieces.map((piece) => piece()));
    this.mustLive();
  }

  async read<T>(answer: Promise<T>): Promise<T> {
    const value = await answer;
    this.mustLive();
    return value;
  }

  private mustLive(): void {
    if (this.died) throw dead();
  }

  /** Fisher and Yates. */
  private shuffled<T>(items: readonly T[]): T[] {
    const order = [...items];
    for (let last = order.length - 1; last > 0; last--) {
      const other = Math.floor(this.random() * (last + 1));
      [order[last], order[other]] = [order[other], order[last]];
    }
    return order;
  }
}

function dead(): Error {
  return new Error('This process is dead');
}

/** A conversation store as a process with faults sees it. */
export class FaultyConversationStore extends ConversationStore {
  constructor(
    private readonly store: ConversationStore,
    private readonly faults: WriteFaults,
  ) {
    super();
  }

  write(rows: readonly ConversationRow[]): Promise<void> {
    return this.faults.write(rows, (some) => this.store.write(some));
  }

  readHead(conversationId: string): Promise<number> {
    return this.faults.read(this.store.readHead(conversationId));
  }

  readEntries(conversationId: string, range: EntryRange): Promise<StoredEntry[]> {
    return this.faults.read(this.store.readEntries(conversationId, range));
  }

  readMemberships(conversationId: string): Promise<Membership[]> {
    return this.faults.read(this.store.readMemberships(conversationId));
  }

  readMembershipsOf(conversationId: string, userId: string): Promise<Membership[]> {
    return this.faults.read(this.store.readMembershipsOf(conversationId, userId));
  }

  readDeduplication(conversationId: string, keys: readonly DeduplicationKey[]): Promise<DeduplicationRow[]> {
    return this.faults.read(this.store.readDeduplication(conversationId, keys));
  }

  readSeqs(conversationId: string, messageIds: readonly string[]): Promise<Map<string, number>> {
    return this.faults.read(this.store.readSeqs(conversationId, messageIds));
  }
}

/** An inbox store as a process with faults sees it. */
export class FaultyInboxStore extends InboxStore {
  constructor(
    private readonly store: InboxStore,
    private readonly faults: WriteFaults,
  ) {
    super();
  }

  write(rows: readonly InboxWrite[]): Promise<void> {
    return this.faults.write(rows, (some) => this.store.write(some));
  }

  readInbox(userId: string): Promise<InboxRow[]> {
    return this.faults.read(this.store.readInbox(userId));
  }

  readRow(userId: string, conversationId: string): Promise<InboxRow | null> {
    return this.faults.read(this.store.readRow(userId, conversationId));
  }

  raiseRead(userId: string, conversationId: string, readSeq: number, readN: number): Promise<void> {
    return this.faults.write([readSeq], () => this.store.raiseRead(userId, conversationId, readSeq, readN));
  }

  raiseDelivered(userId: string, positions: ReadonlyMap<string, number>): Promise<void> {
    return this.faults.write([...positions], (some) => this.store.raiseDelivered(userId, new Map(some)));
  }
}
