import type { BlockChangeRow, ConversationRow, DeduplicationRow, Membership, StoredEntry } from './rows.js';

/**
 * Entries, heads, memberships and de-duplication of conversations. Written by the router alone.
 *
 * Guarantees: a write that resolved is seen by every later read, also after the process is killed. One that rejects may
 * have stored any subset of its rows. Each cell keeps the value with the highest timestamp (rows.ts), so writes commute and
 * may be repeated. Reads show one state per row, not one state over rows. Errors are transient: the caller tries again.
 */
export abstract class ConversationStore {
  /** Stores rows of any conversations, in no particular order and not atomically. */
  abstract write(rows: readonly ConversationRow[]): Promise<void>;

  /** The highest seq up to which all rows are stored; 0 for an unknown conversation. */
  abstract readHead(conversationId: string): Promise<number>;

  /**
   * Entries with `from <= seq <= to`, both included, at most `limit`, ascending or descending. Rows that are not stored
   * are simply absent (a patch or reaction without its row too): a hole means "not yet", and what to do then is the
   * reader's business.
   */
  abstract readEntries(conversationId: string, range: EntryRange): Promise<StoredEntry[]>;

  /** All membership intervals of a conversation, ended ones too, ascending by user and `from_seq`. */
  abstract readMemberships(conversationId: string): Promise<Membership[]>;

  /** One user's intervals in a conversation, ascending. */
  abstract readMembershipsOf(conversationId: string, userId: string): Promise<Membership[]>;

  /** Block changes of a conversation with a version below `below`, the newest first, at most `limit`. */
  abstract readBlockChanges(conversationId: string, page: BlockChangePage): Promise<BlockChangeRow[]>;

  /** The de-duplication rows of these keys in one conversation; absent keys are absent from the answer. */
  abstract readDeduplication(conversationId: string, keys: readonly DeduplicationKey[]): Promise<DeduplicationRow[]>;

  /** The seq of each entry of the conversation that is named by one of these message ids. */
  abstract readSeqs(conversationId: string, messageIds: readonly string[]): Promise<Map<string, number>>;
}

export interface EntryRange {
  from: number;
  to: number;
  limit: number;
  order: 'ascending' | 'descending';
}

export interface BlockChangePage {
  /** Left out: from the newest on. */
  below?: number;
  limit: number;
}

export interface DeduplicationKey {
  sender_id: string;
  client_msg_id: string;
}
