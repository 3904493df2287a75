import type { Change, Content, ConversationKind, EntryKind, Position, Role } from '@parley/contracts';

/**
 * The rows that the router writes. Every cell carries as its write timestamp the `seq` of the entry that causes the
 * write; where two writes meet in a cell, the higher timestamp wins and equal ones are identical. So a replayed record
 * and a router that lost its partition (a zombie) change nothing, in whatever order their writes arrive.
 */
export type ConversationRow =
  EntryRow | PatchRow | ReactionRow | MembershipStart | MembershipEnd | BlockChangeRow | DeduplicationRow | HeadRow;

/** One entry of the sequence. Its timestamp is its own `seq`. */
export interface EntryRow {
  row: 'entry';
  conversation_id: string;
  seq: number;
  position: Position;
  message_id: string;
  kind: EntryKind;
  sender_id: string;
  client_msg_id: string | null;
  /** Milliseconds since 1970; the log's append time, clamped so that it never falls. */
  sent_at: number;
  /** Entries of kind `message` up to and including this one. */
  n: number;
  /** The conversation's change version as of this entry. */
  version: number;
  /** seq of the newest entry of kind `message` as of this entry, 0 where there is none. */
  last_message_seq: number;
  /** Milliseconds since 1970, as of this entry: the newest `message`, else the conversation's creation. */
  last_activity_at: number;
  body: EntryBody;
}

/** What an entry of each kind adds; absent fields are not of its kind. */
export interface EntryBody {
  content?: Content | null;
  reply_to?: string | null;
  thread_id?: string | null;
  mentions?: string[];
  target_id?: string;
  /** The target row of an edit, a deletion or a reaction. */
  target_seq?: number;
  emoji?: string;
  op?: 'add' | 'remove';
  change?: Change;
  conversation_kind?: ConversationKind;
  user_ids?: string[];
  user_id?: string;
  role?: Role;
  title?: string;
}

/**
 * An edit or deletion, as it shows in the row of its target. `by_seq` is the entry that causes it, and the timestamp.
 * It may reach the store before the row that it changes.
 */
export interface PatchRow {
  row: 'patch';
  conversation_id: string;
  seq: number;
  by_seq: number;
  patch: { edited_at: number; content: Content } | { deleted_at: number };
}

/**
 * What a user said last about one emoji at a message; the timestamp is `by_seq`, the entry that says so. Taking a reaction
 * back is a row like any other: nothing is deleted. `since_seq` is the entry that brought this emoji to this message
 * first, whoever sent it. It is the same in every row of the emoji and never changes, so that a replay can tell which
 * emoji a message had at any place of the sequence, though later entries have overwritten the rest.
 */
export interface ReactionRow {
  row: 'reaction';
  conversation_id: string;
  /** The message's. */
  seq: number;
  emoji: string;
  user_id: string;
  op: 'add' | 'remove';
  by_seq: number;
  since_seq: number;
}

/** A user's membership from the entry `from_seq` on (that entry included); the timestamp is `from_seq`. */
export interface MembershipStart {
  row: 'membership-start';
  conversation_id: string;
  user_id: string;
  from_seq: number;
  role: Role;
}

/**
 * The end of the membership that began at `from_seq`; the timestamp is `to_seq`, the last entry that it covers. A
 * change of role ends one interval at the entry before the change and starts the next at the change: `by_seq` is the
 * entry that causes the end, `to_seq` is `by_seq` for a leave and `by_seq - 1` for a change of role.
 */
export interface MembershipEnd {
  row: 'membership-end';
  conversation_id: string;
  user_id: string;
  from_seq: number;
  to_seq: number;
  by_seq: number;
}

/**
 * Whether either user of a direct conversation blocks the other, from a record on that has no `seq` of its own. A row is
 * written with the same values however often its record is replayed; the timestamp is `version`.
 */
export interface BlockChangeRow {
  row: 'block-change';
  conversation_id: string;
  /** The conversation's change version as of this record. */
  version: number;
  position: Position;
  is_blocked: boolean;
}

/** The first verdict on a key (conversation, sender, client_msg_id); accepted records only. The timestamp is `seq`. */
export interface DeduplicationRow {
  row: 'deduplication';
  conversation_id: string;
  sender_id: string;
  client_msg_id: string;
  position: Position;
  message_id: string;
  seq: number;
  sent_at: number;
  /** SHA-256 of the canonical content, base64url. */
  digest: string;
}

/** The highest seq up to which every row is stored. The timestamp is `last_seq`. */
export interface HeadRow {
  row: 'head';
  conversation_id: string;
  last_seq: number;
}

/** A reaction as a message's entry carries it. */
export type StoredReaction = Omit<ReactionRow, 'row' | 'conversation_id' | 'seq'>;

/** An entry as the store shows it: the row with the newest patches and reactions in it. */
export interface StoredEntry extends Omit<EntryRow, 'row'> {
  edited_at: number | null;
  edited_seq: number | null;
  deleted_at: number | null;
  deleted_seq: number | null;
  /** One for each (emoji, user) that ever reacted, also where it was taken back; in no particular order. */
  reactions: StoredReaction[];
}

/** A membership interval: entries `from_seq` to `to_seq`, both included; null: still a member. `end_by_seq` caused its end. */
export interface Membership {
  user_id: string;
  from_seq: number;
  to_seq: number | null;
  end_by_seq: number | null;
  role: Role;
}

/**
 * What the router writes into a member's inbox: one row per (user, conversation), overwritten in place. `at` is the
 * seq that causes the write and the timestamp of each cell it carries.
 */
export interface InboxWrite {
  user_id: string;
  conversation_id: string;
  at: number;
  /** With a join of this user: the join entry, and the messages before it. */
  joined?: { from_seq: number; floor_n: number };
  /** With the end of this user's membership: its last visible entry. A later join lies above it. */
  left?: { to_seq: number };
  /** With every entry the user may see. */
  activity?: InboxActivity;
  /** The user's own send moves the own read mark to it. */
  read?: { read_seq: number; read_n: number };
  /** With the deletion of the conversation, for everybody who was ever in it: the row is not shown any more. */
  deleted?: true;
}

export interface InboxActivity {
  last_seq: number;
  last_n: number;
  /** seq of the newest entry of kind `message`, 0 where there is none. */
  last_message_seq: number;
  /** Milliseconds since 1970: the newest `message`, else the conversation's creation. */
  last_activity_at: number;
}

/** A user's view of one conversation: everything that the inbox and a sync need, in one partition scan per user. */
export interface InboxRow extends InboxActivity {
  conversation_id: string;
  /** The latest join, and the messages before it. */
  from_seq: number;
  floor_n: number;
  /** The last visible entry where the membership has ended (it lies at or above `from_seq`), null for a member. */
  to_seq: number | null;
  read_seq: number;
  read_n: number;
  delivered_seq: number;
}

/** Identifies one life of a device: a device that expired or was deleted comes back with another generation. */
export interface DeviceKey {
  user_id: string;
  device_id: string;
  generation: string;
}
