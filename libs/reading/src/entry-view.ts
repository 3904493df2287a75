import type { EntryView, ReactionView } from '@parley/contracts';
import type { EntryBody, StoredEntry, StoredReaction } from '@parley/message-store';

/**
 * An entry as clients see it: the fields of its kind, times in RFC 3339. A message shows its newest state; the content of
 * what was deleted is null.
 */
export function toEntryView(entry: StoredEntry): EntryView {
  return {
    kind: entry.kind,
    seq: entry.seq,
    message_id: entry.message_id,
    conversation_id: entry.conversation_id,
    sender_id: entry.sender_id,
    client_msg_id: entry.kind === 'update' ? null : entry.client_msg_id,
    sent_at: timeOf(entry.sent_at),
    ...fieldsOf(entry),
  };
}

function fieldsOf(entry: StoredEntry): Partial<EntryView> {
  const { kind, body } = entry;
  if (kind === 'message') return messageFields(entry);
  if (kind === 'update') return updateFields(body);
  if (kind === 'react') return { target_id: body.target_id, emoji: body.emoji, op: body.op };
  return { target_id: body.target_id, ...(kind === 'edit' && { content: contentOf(entry) }) };
}

function messageFields(entry: StoredEntry): Partial<EntryView> {
  const { body, edited_at, deleted_at } = entry;
  return {
    content: contentOf(entry),
    reply_to: body.reply_to ?? null,
    thread_id: body.thread_id ?? null,
    mentions: body.mentions ?? [],
    edited_at: edited_at === null ? null : timeOf(edited_at),
    deleted_at: deleted_at === null ? null : timeOf(deleted_at),
    reactions: reactionsOf(entry.reactions),
  };
}

/**
 * Emoji in the order in which they came to the message, the users of each by their id: an order that does not change when
 * somebody says the same again.
 */
function reactionsOf(reactions: readonly StoredReaction[]): ReactionView[] {
  const standing = reactions.filter(({ op }) => op === 'add');
  standing.sort((a, b) => a.since_seq - b.since_seq || compareIds(a.user_id, b.user_id));
  const views: ReactionView[] = [];
  for (const { emoji, user_id } of standing) {
    const last = views.at(-1);
    if (last?.emoji === emoji) last.user_ids.push(user_id);
    else views.push({ emoji, user_ids: [user_id] });
  }
  return views;
}

/** Decimal ids as the numbers that they are. */
function compareIds(a: string, b: string): number {
  return a.length - b.length || (a < b ? -1 : 1);
}

function updateFields({ change, user_ids, user_id, role, title }: EntryBody): Partial<EntryView> {
  return {
    change,
    ...(user_ids && { user_ids }),
    ...(user_id !== undefined && { user_id }),
    ...(role !== undefined && { role }),
    ...(title !== undefined && { title }),
  };
}

function contentOf({ body, deleted_at }: StoredEntry): EntryView['content'] {
  return deleted_at === null ? (body.content ?? null) : null;
}

function timeOf(milliseconds: number): string {
  return new Date(milliseconds).toISOString();
}
