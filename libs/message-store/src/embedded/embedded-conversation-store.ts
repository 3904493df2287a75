import { Injectable } from '@nestjs/common';
import { OrderedStore, type Key, type Table } from '@parley/ordered-store';
import {
  ConversationStore,
  type BlockChangePage,
  type DeduplicationKey,
  type EntryRange,
} from '../conversation-store.js';
import type { BareEntry } from '../reactions-of-entries.js';
import type {
  BlockChangeRow,
  ConversationRow,
  DeduplicationRow,
  EntryRow,
  Membership,
  MembershipEnd,
  MembershipStart,
  PatchRow,
  StoredEntry,
} from '../rows.js';
import {
  mergeEntry,
  mergeMembership,
  mergePatch,
  showEntry,
  showMembership,
  type EntryCells,
  type MembershipCells,
} from './cells.js';
import { EmbeddedReactions } from './embedded-reactions.js';

/** Rows that are merged in one go: a large write gives the event loop back in between. */
const ROWS_PER_CHANGE = 500;

/**
 * The ConversationStore in one ordered store. Each row is read, merged and put back inside a change, so writes of this
 * and any other instance over the same store meet one after the other. De-duplication rows are not expired: their age
 * is judged by who reads them.
 */
@Injectable()
export class EmbeddedConversationStore extends ConversationStore {
  /** [conversation, seq] */
  private readonly entries: Table<EntryCells>;
  /** [conversation, message id]: the entry's seq. */
  private readonly seqs: Table<number>;
  /** [conversation]: the highest seq up to which everything is stored. */
  private readonly heads: Table<number>;
  /** [conversation, user, from_seq] */
  private readonly memberships: Table<MembershipCells>;
  /** [conversation, sender, client_msg_id] */
  private readonly deduplication: Table<Omit<DeduplicationRow, 'row'>>;
  /** [conversation, version] */
  private readonly blockChanges: Table<Omit<BlockChangeRow, 'row'>>;
  private readonly reactions: EmbeddedReactions;

  constructor(private readonly store: OrderedStore) {
    super();
    this.entries = store.table('entries');
    this.seqs = store.table('entry-seqs');
    this.heads = store.table('heads');
    this.memberships = store.table('memberships');
    this.deduplication = store.table('deduplication');
    this.blockChanges = store.table('block-changes');
    this.reactions = new EmbeddedReactions(store);
  }

  async write(rows: readonly ConversationRow[]): Promise<void> {
    for (let start = 0; start < rows.length; start += ROWS_PER_CHANGE) {
      const some = rows.slice(start, start + ROWS_PER_CHANGE);
      await this.store.write(() => some.forEach((row) => this.merge(row)));
    }
  }

  async readHead(conversationId: string): Promise<number> {
    return this.heads.get([conversationId]) ?? 0;
  }

  async readEntries(conversationId: string, { from, to, limit, order }: EntryRange): Promise<StoredEntry[]> {
    const found: BareEntry[] = [];
    let low = from;
    let high = to;
    // Rows of which only patches have arrived are not shown and do not count: usually one round.
    while (found.length < limit && low <= high) {
      const wanted = limit - found.length;
      const range = { from: [conversationId, low], to: [conversationId, high], order, limit: wanted };
      const rows = this.entries.range(range);
      for (const { value } of rows) {
        const entry = showEntry(value);
        if (entry) found.push(entry);
      }
      const last = rows.at(-1);
      if (!last || rows.length < wanted) break;
      if (order === 'ascending') low = Number(last.key[1]) + 1;
      else high = Number(last.key[1]) - 1;
    }
    return this.reactions.putInto(conversationId, found);
  }

  async readMemberships(conversationId: string): Promise<Membership[]> {
    return this.membershipsUnder([conversationId]);
  }

  async readMembershipsOf(conversationId: string, userId: string): Promise<Membership[]> {
    return this.membershipsUnder([conversationId, userId]);
  }

  async readBlockChanges(conversationId: string, { below, limit }: BlockChangePage): Promise<BlockChangeRow[]> {
    const to = [conversationId, (below ?? Number.MAX_SAFE_INTEGER) - 1];
    const rows = this.blockChanges.range({ from: [conversationId], to, order: 'descending', limit });
    return rows.map(({ value }) => ({ row: 'block-change', ...value }));
  }

  async readDeduplication(conversationId: string, keys: readonly DeduplicationKey[]): Promise<DeduplicationRow[]> {
    return keys.flatMap(({ sender_id, client_msg_id }) => {
      const row = this.deduplication.get([conversationId, sender_id, client_msg_id]);
      return row ? [{ row: 'deduplication' as const, ...row }] : [];
    });
  }

  async readSeqs(conversationId: string, messageIds: readonly string[]): Promise<Map<string, number>> {
    const seqs = new Map<string, number>();
    for (const messageId of messageIds) {
      const seq = this.seqs.get([conversationId, messageId]);
      if (seq !== undefined) seqs.set(messageId, seq);
    }
    return seqs;
  }

  private membershipsUnder(prefix: Key): Membership[] {
    return this.memberships.range({ from: prefix, to: prefix }).flatMap(({ key, value }) => {
      const membership = showMembership(String(key[1]), Number(key[2]), value);
      return membership ? [membership] : [];
    });
  }

  private merge(row: ConversationRow): void {
    switch (row.row) {
      case 'entry':
        return this.mergeEntry(row);
      case 'patch':
        return this.mergePatch(row);
      case 'reaction':
        return this.reactions.merge(row);
      case 'membership-start':
      case 'membership-end':
        return this.mergeMembership(row);
      case 'block-change':
        return this.putBlockChange(row);
      case 'deduplication':
        return this.mergeDeduplication(row);
      case 'head':
        if (row.last_seq > (this.heads.get([row.conversation_id]) ?? 0)) {
          this.heads.put([row.conversation_id], row.last_seq);
        }
    }
  }

  private mergeEntry(row: EntryRow): void {
    const merged = update(this.entries, [row.conversation_id, row.seq], (cells) => mergeEntry(cells, row));
    if (merged) this.seqs.put([row.conversation_id, row.message_id], row.seq);
  }

  private mergePatch(row: PatchRow): void {
    update(this.entries, [row.conversation_id, row.seq], (cells) => mergePatch(cells, row));
  }

  private mergeMembership(row: MembershipStart | MembershipEnd): void {
    const written: MembershipCells =
      row.row === 'membership-start'
        ? { start: { role: row.role } }
        : { end: { to_seq: row.to_seq, by_seq: row.by_seq } };
    const key = [row.conversation_id, row.user_id, row.from_seq];
    update(this.memberships, key, (cells) => mergeMembership(cells, written));
  }

  /** Every write of a row is the same. */
  private putBlockChange({ row: _, ...row }: BlockChangeRow): void {
    this.blockChanges.put([row.conversation_id, row.version], row);
  }

  private mergeDeduplication({ row: _, ...row }: DeduplicationRow): void {
    const key = [row.conversation_id, row.sender_id, row.client_msg_id];
    if (row.seq > (this.deduplication.get(key)?.seq ?? 0)) this.deduplication.put(key, row);
  }
}

/** Merges into the cells under a key; answers whether that changed anything. */
function update<C extends object>(table: Table<C>, key: Key, merge: (cells: C | Record<string, never>) => C): boolean {
  const before = table.get(key) ?? {};
  const after = merge(before);
  if (after === before) return false;
  table.put(key, after);
  return true;
}
