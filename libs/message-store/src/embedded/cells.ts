import type { BareEntry } from '../reactions-of-entries.js';
import type { EntryBody, EntryRow, InboxActivity, InboxRow, Membership, PatchRow } from '../rows.js';

/**
 * What the embedded store keeps under one key, cell by cell, and how a write merges into it: the higher timestamp wins,
 * equal ones are identical, an absent cell loses against any. Each merge is a pure function and gives the very object
 * back where it changes nothing, so a replay writes nothing.
 */

/** A row of the sequence: the entry itself (timestamp `seq`), its newest edit and its deletion (timestamps `by_seq`). */
export interface EntryCells {
  entry?: Omit<EntryRow, 'row'>;
  edit?: { by_seq: number; edited_at: number; content: EntryBody['content'] };
  deletion?: { by_seq: number; deleted_at: number };
}

export function mergeEntry(cells: EntryCells, { row: _, ...entry }: EntryRow): EntryCells {
  return cells.entry ? cells : withoutDeletedText({ ...cells, entry });
}

export function mergePatch(cells: EntryCells, { by_seq, patch }: PatchRow): EntryCells {
  if ('deleted_at' in patch) {
    if (cells.deletion && cells.deletion.by_seq >= by_seq) return cells;
    return withoutDeletedText({ ...cells, deletion: { by_seq, deleted_at: patch.deleted_at } });
  }
  if (cells.edit && cells.edit.by_seq >= by_seq) return cells;
  return withoutDeletedText({ ...cells, edit: { by_seq, edited_at: patch.edited_at, content: patch.content } });
}

/** What was deleted is not kept, in whatever order row and patches arrive. */
function withoutDeletedText(cells: EntryCells): EntryCells {
  if (!cells.deletion) return cells;
  const { entry, edit, deletion } = cells;
  return {
    deletion,
    ...(entry && { entry: { ...entry, body: { ...entry.body, content: null } } }),
    ...(edit && { edit: { ...edit, content: null } }),
  };
}

/** Null for a row of which only patches have arrived. */
export function showEntry({ entry, edit, deletion }: EntryCells): BareEntry | null {
  if (!entry) return null;
  return {
    ...entry,
    body: edit ? { ...entry.body, content: edit.content } : entry.body,
    edited_at: edit?.edited_at ?? null,
    edited_seq: edit?.by_seq ?? null,
    deleted_at: deletion?.deleted_at ?? null,
    deleted_seq: deletion?.by_seq ?? null,
  };
}

/** An interval of membership: its start (timestamp `from_seq`, the key) and its end (timestamp `to_seq`). */
export interface MembershipCells {
  start?: { role: Membership['role'] };
  end?: { to_seq: number; by_seq: number };
}

export function mergeMembership(cells: MembershipCells, { start, end }: MembershipCells): MembershipCells {
  if (start) return cells.start ? cells : { ...cells, start };
  if (!end || (cells.end && cells.end.to_seq >= end.to_seq)) return cells;
  return { ...cells, end };
}

/** Null for an interval of which only the end has arrived. */
export function showMembership(userId: string, fromSeq: number, { start, end }: MembershipCells): Membership | null {
  if (!start) return null;
  return {
    user_id: userId,
    from_seq: fromSeq,
    to_seq: end?.to_seq ?? null,
    end_by_seq: end?.by_seq ?? null,
    role: start.role,
  };
}

/** A row of an inbox: groups of cells, each with a timestamp of its own. */
export interface InboxCells {
  joined?: { at: number; from_seq: number; floor_n: number };
  left?: { at: number; to_seq: number };
  activity?: InboxActivity & { at: number };
  /** The timestamp is `read_seq`. */
  read?: { read_seq: number; read_n: number };
  /** A seq, and its own timestamp. */
  delivered?: number;
  deleted?: true;
}

export function mergeInbox(cells: InboxCells, written: InboxCells): InboxCells {
  const newer: InboxCells = {};
  const { joined, left, activity, read, delivered, deleted } = written;
  if (joined && joined.at > (cells.joined?.at ?? 0)) newer.joined = joined;
  if (left && left.at > (cells.left?.at ?? 0)) newer.left = left;
  if (activity && activity.at > (cells.activity?.at ?? 0)) newer.activity = activity;
  if (read && read.read_seq > (cells.read?.read_seq ?? 0)) newer.read = read;
  if (delivered !== undefined && delivered > (cells.delivered ?? 0)) newer.delivered = delivered;
  if (deleted && !cells.deleted) newer.deleted = deleted;
  return Object.keys(newer).length === 0 ? cells : { ...cells, ...newer };
}

/** Null for a row without a join (marks that came before it, or a user who never was a member), and for a deleted one. */
export function showInbox(conversationId: string, cells: InboxCells): InboxRow | null {
  const { joined, left, activity, read, delivered, deleted } = cells;
  if (!joined || deleted) return null;
  return {
    conversation_id: conversationId,
    from_seq: joined.from_seq,
    floor_n: joined.floor_n,
    // An end below the join belongs to an earlier membership.
    to_seq: left && left.to_seq >= joined.from_seq ? left.to_seq : null,
    last_seq: activity?.last_seq ?? 0,
    last_n: activity?.last_n ?? 0,
    last_message_seq: activity?.last_message_seq ?? 0,
    last_activity_at: activity?.last_activity_at ?? 0,
    read_seq: read?.read_seq ?? 0,
    read_n: read?.read_n ?? 0,
    delivered_seq: delivered ?? 0,
  };
}
