import type { EntryKind, Position, Role } from '@parley/contracts';
import type { BlockChangeRow, EntryRow } from '@parley/message-store';

/**
 * A conversation as of the last record that was sequenced: everything the next verdict depends on. It is a function of the
 * log's prefix alone, so every router that reads the same records arrives at the same state.
 */
export class ConversationState {
  lastSeq = 0;
  lastSentAt = 0;
  /** Entries of kind `message` so far. */
  n = 0;
  version = 0;
  lastMessageSeq = 0;
  lastActivityAt = 0;
  /** Either user of a direct conversation blocks the other. */
  isBlocked = false;
  /** Present members. */
  readonly members = new Map<string, MemberState>();
  /** Intervals that ended, of present and former members: what they still see. */
  readonly ended = new Map<string, Interval[]>();

  /** Keys and targets of entries that the store may not show yet; both leave memory only when it does. */
  readonly unstoredKeys = new Map<string, KeyState>();
  readonly unstoredTargets = new Map<string, TargetState>();
  /** Entries and block changes that the store may not show yet. */
  unstored = 0;

  constructor(readonly conversationId: string) {}

  sees(userId: string, seq: number): boolean {
    const member = this.members.get(userId);
    if (member && member.fromSeq <= seq) return true;
    return (this.ended.get(userId) ?? []).some(({ from, to }) => from <= seq && seq <= to);
  }

  startInterval(userId: string, fromSeq: number, role: Role): void {
    this.members.set(userId, { fromSeq, role });
  }

  /** Ends the present interval at `toSeq`, that entry included; answers where it began. */
  endInterval(userId: string, toSeq: number): number {
    const from = this.members.get(userId)?.fromSeq ?? toSeq;
    this.members.delete(userId);
    this.ended.set(userId, [...(this.ended.get(userId) ?? []), { from, to: toSeq }]);
    return from;
  }

  /** Continues after `row`, the last entry that lies before the record at hand. */
  continueAfter(row: Omit<EntryRow, 'row'>): void {
    this.lastSeq = row.seq;
    this.lastSentAt = row.sent_at;
    this.n = row.n;
    this.version = row.version;
    this.lastMessageSeq = row.last_message_seq;
    this.lastActivityAt = row.last_activity_at;
  }

  /** A block change comes after the entries, or between them, but has no seq. */
  takeBlock({ version, is_blocked }: Pick<BlockChangeRow, 'version' | 'is_blocked'>): void {
    this.version = Math.max(this.version, version);
    this.isBlocked = is_blocked;
  }
}

export interface MemberState {
  /** Where the present interval began: the join, or the last change of role. */
  fromSeq: number;
  role: Role;
}

/** Entries `from` to `to`, both included. */
interface Interval {
  from: number;
  to: number;
}

/** The first verdict on (sender, client_msg_id). */
export interface KeyState {
  position: Position;
  message_id: string;
  seq: number;
  sent_at: number;
  digest: string;
}

/** A message that an edit, a deletion, a reaction or a reply names. */
export interface TargetState {
  seq: number;
  kind: EntryKind;
  sender_id: string;
  deletedSeq: number | null;
  /** Each emoji that anybody ever reacted with, and the seq of the first time. */
  emojiSince: ReadonlyMap<string, number>;
  /** How many unstored entries this state stands for. */
  unstored: number;
}

export function keyOf(senderId: string, clientMsgId: string): string {
  return `${senderId}/${clientMsgId}`;
}
