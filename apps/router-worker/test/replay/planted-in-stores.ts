import type { Content } from '@parley/contracts';
import type { ConversationStore, StoredEntry, StoredReaction } from '@parley/message-store';
import type { RowStores } from './engines.js';
import { placeOf } from './uninterrupted-run.js';

/** A store whose heads carry no seq as their timestamp. */
export function lastHeadWins(stores: RowStores): RowStores {
  const { conversations } = stores;
  const heads = new Map<string, number>();
  return withMethods(stores, {
    write: async (rows) => {
      await conversations.write(rows);
      for (const row of rows) if (row.row === 'head') heads.set(row.conversation_id, row.last_seq);
    },
    readHead: async (id) => heads.get(id) ?? 0,
  });
}

/** A store whose edits carry no seq as their timestamp. */
export function lastEditWins(stores: RowStores): RowStores {
  const { conversations } = stores;
  const edits = new Map<string, Partial<StoredEntry> & { content: Content }>();
  const asWrittenLast = (entry: StoredEntry): StoredEntry => {
    const edit = edits.get(placeOf(entry.conversation_id, entry.seq));
    if (!edit || entry.deleted_at !== null) return entry;
    const { content, ...times } = edit;
    return { ...entry, ...times, body: { ...entry.body, content } };
  };
  return withMethods(stores, {
    write: async (rows) => {
      await conversations.write(rows);
      for (const row of rows) {
        if (row.row !== 'patch' || !('content' in row.patch)) continue;
        edits.set(placeOf(row.conversation_id, row.seq), { ...row.patch, edited_seq: row.by_seq });
      }
    },
    readEntries: async (id, range) => (await conversations.readEntries(id, range)).map(asWrittenLast),
  });
}

/** A store whose reactions carry no seq as their timestamp. */
export function lastReactionWins(stores: RowStores): RowStores {
  const { conversations } = stores;
  const last = new Map<string, StoredReaction>();
  const asWrittenLast = (entry: StoredEntry): StoredEntry => {
    const place = placeOf(entry.conversation_id, entry.seq);
    const reactions = entry.reactions.map((reaction) => last.get(`${place}/${heldBy(reaction)}`) ?? reaction);
    return { ...entry, reactions };
  };
  return withMethods(stores, {
    write: async (rows) => {
      await conversations.write(rows);
      for (const row of rows) {
        if (row.row !== 'reaction') continue;
        const { emoji, user_id, op, by_seq, since_seq } = row;
        const place = placeOf(row.conversation_id, row.seq);
        last.set(`${place}/${heldBy(row)}`, { emoji, user_id, op, by_seq, since_seq });
      }
    },
    readEntries: async (id, range) => (await conversations.readEntries(id, range)).map(asWrittenLast),
  });
}

function heldBy({ emoji, user_id }: Pick<StoredReaction, 'emoji' | 'user_id'>): string {
  return `${emoji}/${user_id}`;
}

function withMethods(stores: RowStores, methods: Partial<ConversationStore>): RowStores {
  return { ...stores, conversations: instead(stores.conversations, methods) };
}

/** The same store with some methods in the place of its own. */
export function instead(store: ConversationStore, methods: Partial<ConversationStore>): ConversationStore {
  return Object.assign(Object.create(store) as ConversationStore, methods);
}
