import type { ConversationStore, StoredEntry } from '@parley/message-store';

/**
 * Takes the text out of edits whose message is deleted by now: it is gone for everybody, and an edit is an entry of its
 * own that holds it, too. Messages that do not stand among `entries` are looked up, one read for each.
 */
export async function withoutDeletedText(
  store: ConversationStore,
  conversationId: string,
  entries: readonly StoredEntry[],
): Promise<StoredEntry[]> {
  const edited = entries.flatMap(({ kind, body }) => (kind === 'edit' && body.target_seq ? [body.target_seq] : []));
  if (edited.length === 0) return [...entries];
  const known = new Map(entries.map((entry) => [entry.seq, entry]));
  const others = [...new Set(edited)].filter((seq) => !known.has(seq));
  const found = await Promise.all(
    others.map((seq) => store.readEntries(conversationId, { from: seq, to: seq, limit: 1, order: 'ascending' })),
  );
  for (const entry of found.flat()) known.set(entry.seq, entry);
  return entries.map((entry) => {
    const target = entry.kind === 'edit' && entry.body.target_seq ? known.get(entry.body.target_seq) : undefined;
    const isGone = target !== undefined && target.deleted_seq !== null;
    return isGone ? { ...entry, body: { ...entry.body, content: null } } : entry;
  });
}
