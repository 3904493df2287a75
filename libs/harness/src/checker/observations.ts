import type { EntryKind } from '@parley/contracts';

/**
 * What a run left behind, as the checker reads it. Times are milliseconds of one monotonic clock for all clients;
 * `digest` stands for the content (equal content, equal digest).
 */
export interface Observations {
  sends: ObservedSend[];
  devices: ObservedDevice[];
  conversations: ObservedConversation[];
  /** Histories read while the run went on; may be empty. */
  reads: ObservedRead[];
  /** Lists of conversations read while the run went on, those of one user one after another; may be empty. */
  inboxes: ObservedInbox[];
}

/** One send with one key, over all its attempts. */
export interface ObservedSend {
  /** Which program sent it: sends of one client are in program order. */
  client: string;
  sender: string;
  conversation: string;
  key: string;
  digest: string;
  attempts: number;
  invokedAt: number;
  outcome:
    | { result: 'accepted'; completedAt: number; messageId: string; seq: number }
    | { result: 'refused'; completedAt: number }
    | { result: 'unknown' };
}

/** One entry, wherever it was seen. */
export interface ObservedEntry {
  conversation: string;
  seq: number;
  messageId: string;
  sender: string;
  kind: EntryKind;
  /** null: not sent with a key (a change of membership, say). */
  key: string | null;
  /** null: it was changed or deleted since, and does not show what was sent any more. */
  digest: string | null;
}

export interface ObservedDevice {
  device: string;
  user: string;
  /** What it showed, in that order. */
  shown: ObservedEntry[];
  connections: ObservedConnection[];
  /** The first seq that this device owes its user; a conversation that is not named: 1. */
  since: Record<string, number>;
}

export interface ObservedConnection {
  /** What came over the wire without being asked for, in that order. */
  arrivals: { conversation: string; seq: number }[];
  /** The cursors that were durable when it began: nothing at or below them may come on it. */
  cursors: Record<string, number>;
}

export interface ObservedConversation {
  conversation: string;
  /** The whole history at the end, in its order. */
  history: ObservedEntry[];
  /** Who saw which seq; `to` null: to the end. */
  members: { user: string; from: number; to: number | null }[];
}

export interface ObservedRead {
  conversation: string;
  startedAt: number;
  /** Contiguous, ascending, up to the head of that moment. */
  entries: ObservedEntry[];
}

export interface ObservedInbox {
  user: string;
  /** Whether nothing was under way any more: counts must be exact. */
  settled: boolean;
  conversations: {
    conversation: string;
    lastSeq: number;
    deliveredSeq: number;
    readSeq: number;
    unread: number;
  }[];
}

/** A breach of one of the promises I1 to I12. */
export interface Violation {
  promise: `I${number}`;
  conversation: string;
  detail: string;
}
