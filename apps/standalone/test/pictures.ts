import type { Content, EntryView, ReactionView } from '@parley/contracts';

/** A message as a client shows it after everything that it heard about it. */
interface ShownMessage {
  content: Content | null;
  edited: boolean;
  deleted: boolean;
  /** emoji, a space, the user: one for each reaction that stands. */
  reactions: string[];
}

/** Messages by their id. */
export type Picture = Record<string, ShownMessage>;

/**
 * What a client shows after these entries, in the order in which it got them. A message may come in a state that later
 * entries lead to once more, as after a sync: the picture ends the same.
 */
export function pictureOf(entries: readonly EntryView[]): Picture {
  const picture: Picture = {};
  for (const entry of entries) {
    if (entry.kind === 'message') picture[entry.message_id] = asItCame(entry);
    const target = picture[entry.target_id ?? ''];
    if (target) change(target, entry);
  }
  return picture;
}

/** What the messages alone say, as they come from the history. */
export function newestStates(entries: readonly EntryView[]): Picture {
  return pictureOf(entries.filter(({ kind }) => kind === 'message'));
}

function asItCame({ content, edited_at, deleted_at, reactions }: EntryView): ShownMessage {
  return {
    content: content ?? null,
    edited: edited_at !== null,
    deleted: deleted_at !== null,
    reactions: (reactions ?? []).flatMap(oneByOne).toSorted(),
  };
}

function oneByOne({ emoji, user_ids }: ReactionView): string[] {
  return user_ids.map((userId) => `${emoji} ${userId}`);
}

function change(message: ShownMessage, { kind, content, emoji, op, sender_id }: EntryView): void {
  if (kind === 'delete') Object.assign(message, { content: null, deleted: true });
  if (kind === 'edit') {
    message.edited = true;
    if (!message.deleted) message.content = content ?? null;
  }
  if (kind === 'react') {
    const reaction = `${emoji} ${sender_id}`;
    const others = message.reactions.filter((other) => other !== reaction);
    message.reactions = op === 'add' ? [...others, reaction].toSorted() : others;
  }
}
