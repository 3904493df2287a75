import type { OrderedStore, Table } from '@parley/ordered-store';
import { spanOfMessages, withReactions, type BareEntry } from '../reactions-of-entries.js';
import type { ReactionRow, StoredEntry, StoredReaction } from '../rows.js';

/** Reactions in a table of their own: a message's row does not grow with the people who react to it. */
export class EmbeddedReactions {
  /** [conversation, the message's seq, emoji, user]; the timestamp is `by_seq`. */
  private readonly table: Table<Omit<StoredReaction, 'emoji' | 'user_id'>>;

  constructor(store: OrderedStore) {
    this.table = store.table('reactions');
  }

  /** Only inside a change. */
  merge({ conversation_id, seq, emoji, user_id, op, by_seq, since_seq }: ReactionRow): void {
    const key = [conversation_id, seq, emoji, user_id];
    if (by_seq > (this.table.get(key)?.by_seq ?? 0)) this.table.put(key, { op, by_seq, since_seq });
  }

  /** One scan, whatever the page holds. `entries` are in the order of their seq, in either direction. */
  putInto(conversationId: string, entries: readonly BareEntry[]): StoredEntry[] {
    const span = spanOfMessages(entries);
    if (!span) return withReactions(entries, []);
    const rows = this.table.range({ from: [conversationId, span.from], to: [conversationId, span.to] });
    const reactions = rows.map(({ key, value }) => {
      const [, seq, emoji, user] = key;
      return { seq: Number(seq), emoji: String(emoji), user_id: String(user), ...value };
    });
    return withReactions(entries, reactions);
  }
}
