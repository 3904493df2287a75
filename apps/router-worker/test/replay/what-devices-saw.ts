import type { EntryView } from '@parley/contracts';
import type { CursorStore } from '@parley/message-store';
import { firstDifference } from './compare.js';
import type { Device } from './devices.js';
import type { Expected } from './uninterrupted-run.js';

/**
 * Each device must have shown each entry that its user may see, once, in order, and its cursors must say so. Of a deleted
 * conversation it may have shown less: whoever was not there in time reads nothing of it any more.
 */
export async function checkDevice(device: Device, expected: Expected, cursors: CursorStore): Promise<string[]> {
  const visible = new Map<string, EntryView[]>();
  for (const { view, userIds } of expected.entries.values()) {
    if (!userIds.has(device.userId)) continue;
    visible.set(view.conversation_id, [...(visible.get(view.conversation_id) ?? []), view]);
  }
  const faults: string[] = [];
  const stored = await cursors.readCursors(device.key);
  for (const id of new Set([...visible.keys(), ...device.seen.keys(), ...(stored?.keys() ?? [])])) {
    const entries = visible.get(id) ?? [];
    const seen = device.seen.get(id) ?? [];
    const where = `${device.actor.name} of ${device.userId} in ${id}`;
    const isGone = expected.rows.conversations[id]?.entries.at(-1)?.body.change === 'deleted';
    if (isGone) {
      faults.push(...outOfPlace(seen, entries, where), ...seen.flatMap((entry) => wrongContent(entry, expected) ?? []));
      continue;
    }
    const order = firstDifference(entries.map(seqOf), seen.map(seqOf), `what ${where} showed`);
    if (order) faults.push(`${order}: ${JSON.stringify(seen.map(seqOf))} of ${JSON.stringify(entries.map(seqOf))}`);
    const cursor = firstDifference(entries.at(-1)?.seq ?? 0, stored?.get(id) ?? 0, `the cursor of ${where}`);
    if (cursor) faults.push(cursor);
    faults.push(...seen.flatMap((entry) => wrongContent(entry, expected) ?? []));
  }
  return faults;
}

/** What is not a part of `entries`, each once and in order. */
function outOfPlace(seen: readonly EntryView[], entries: readonly EntryView[], where: string): string[] {
  const visible = new Set(entries.map(seqOf));
  return seen
    .filter(({ seq }, index) => !visible.has(seq) || seq <= (seen[index - 1]?.seq ?? 0))
    .map(({ seq }) => `what ${where} showed has ${seq} out of place`);
}

function seqOf({ seq }: EntryView): number {
  return seq;
}

/**
 * An entry shows one of the states that it had: as it was sent, as one of its edits made it, or deleted; and of the
 * reactions some that were given. An edit has no content any more once its message is deleted.
 */
function wrongContent(seen: EntryView, expected: Expected): string | null {
  const all = [...expected.entries.values()].map(({ view }) => view);
  const place = `entry ${seen.seq} of ${seen.conversation_id}`;
  const sent = all.find((view) => view.conversation_id === seen.conversation_id && view.seq === seen.seq);
  if (!sent) return `${place} was shown and is none`;
  const about = all.filter(
    (view) => view.target_id === seen.message_id && view.conversation_id === seen.conversation_id,
  );
  const given = about.filter(({ op }) => op === 'add').map(({ emoji, sender_id }) => `${emoji} of ${sender_id}`);
  const shown = (seen.reactions ?? []).flatMap(({ emoji, user_ids }) =>
    user_ids.map((userId) => `${emoji} of ${userId}`),
  );
  const invented = shown.find((reaction) => !given.includes(reaction));
  if (invented) return `${place} was shown with ${invented}, which nobody gave`;
  const deletedAt = about.filter(({ kind }) => kind === 'delete').map((view) => view.sent_at);
  const edits = about.filter(({ kind }) => kind === 'edit');
  const contents = seen.edited_at ? edits.filter((view) => view.sent_at === seen.edited_at) : [sent];
  const states = contents.flatMap(({ content }) => [
    { ...sent, content, edited_at: seen.edited_at },
    ...deletedAt.map((deleted_at) => ({ ...sent, content: null, edited_at: seen.edited_at, deleted_at })),
  ]);
  const isTextGone = all.some((view) => view.kind === 'delete' && view.target_id === sent.target_id);
  if (sent.kind === 'edit' && isTextGone) states.push({ ...sent, content: null, edited_at: seen.edited_at });
  const { reactions } = seen;
  const isOne = states.some(
    (state) => firstDifference(withoutAbsent({ ...state, reactions }), withoutAbsent(seen)) === null,
  );
  return isOne ? null : `${place} was shown as ${JSON.stringify(seen)} and never was that`;
}

function withoutAbsent(view: object): Record<string, unknown> {
  return Object.fromEntries(Object.entries(view).filter(([, value]) => value !== undefined));
}
