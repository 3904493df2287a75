import type {
  BlockChangeRow,
  ConversationRow,
  DeduplicationRow,
  EntryRow,
  MembershipEnd,
  MembershipStart,
  PatchRow,
  ReactionRow,
  StoredEntry,
} from '../rows.js';

/** One step of an invented conversation; step i of a history is its entry i + 1. */
export interface Step {
  does: 'message' | 'edit' | 'delete' | 'react' | 'unreact' | 'join' | 'leave' | 'role';
  /** Index into `USERS`. */
  user: number;
  /** Picks an earlier entry to edit, delete or react to. */
  target: number;
}

export const USERS = ['901', '902', '903'];
export const EMOJI = ['👍', '🎉'] as const;

/** A message row; everything but the seq follows from it unless it is given. */
export function entryRow(conversationId: string, seq: number, more: Partial<EntryRow> = {}): EntryRow {
  return {
    row: 'entry',
    conversation_id: conversationId,
    seq,
    position: { epoch: 0, offset: 10 * seq },
    message_id: String(70_000 + seq),
    kind: 'message',
    sender_id: '901',
    client_msg_id: clientMessageId(seq),
    sent_at: 1_750_000_000_000 + seq,
    n: seq,
    version: 0,
    last_message_seq: seq,
    last_activity_at: 1_750_000_000_000 + seq,
    body: { content: { type: 'text', text: `text ${seq}` }, reply_to: null, thread_id: null, mentions: [] },
    ...more,
  };
}

/** The row as a store shows it while nothing has patched it and nobody reacted to it. */
export function storedEntry({ row: _, ...entry }: EntryRow): StoredEntry {
  return { ...entry, edited_at: null, edited_seq: null, deleted_at: null, deleted_seq: null, reactions: [] };
}

export function editRow(conversationId: string, seq: number, bySeq: number): PatchRow {
  const content = { type: 'text' as const, text: `text ${seq} as of ${bySeq}` };
  return patchRow(conversationId, seq, bySeq, { edited_at: 1_750_000_000_000 + bySeq, content });
}

export function deletionRow(conversationId: string, seq: number, bySeq: number): PatchRow {
  return patchRow(conversationId, seq, bySeq, { deleted_at: 1_750_000_000_000 + bySeq });
}

function patchRow(conversationId: string, seq: number, bySeq: number, patch: PatchRow['patch']): PatchRow {
  return { row: 'patch', conversation_id: conversationId, seq, by_seq: bySeq, patch };
}

/** Bob's thumb at the message `seq`; the first of its emoji there unless `since_seq` says otherwise. */
export function reactionRow(
  conversationId: string,
  seq: number,
  bySeq: number,
  more: Partial<ReactionRow> = {},
): ReactionRow {
  const reaction = { emoji: '👍', user_id: '902', op: 'add' as const, by_seq: bySeq, since_seq: bySeq };
  return { row: 'reaction', conversation_id: conversationId, seq, ...reaction, ...more };
}

export function membershipStart(conversationId: string, userId: string, fromSeq: number): MembershipStart {
  const role = fromSeq % 2 === 0 ? 'member' : 'admin';
  return { row: 'membership-start', conversation_id: conversationId, user_id: userId, from_seq: fromSeq, role };
}

export function membershipEnd(
  conversationId: string,
  userId: string,
  fromSeq: number,
  toSeq: number,
  bySeq = toSeq,
): MembershipEnd {
  const interval = { user_id: userId, from_seq: fromSeq, to_seq: toSeq, by_seq: bySeq };
  return { row: 'membership-end', conversation_id: conversationId, ...interval };
}

export function blockChangeRow(conversationId: string, version: number): BlockChangeRow {
  const position = { epoch: 0, offset: 10 * version };
  return { row: 'block-change', conversation_id: conversationId, version, position, is_blocked: version % 2 === 0 };
}

export function deduplicationRow(
  conversationId: string,
  seq: number,
  key: { sender_id: string; client_msg_id: string },
): DeduplicationRow {
  return {
    row: 'deduplication',
    conversation_id: conversationId,
    ...key,
    position: { epoch: 0, offset: 10 * seq },
    message_id: String(70_000 + seq),
    seq,
    sent_at: 1_750_000_000_000 + seq,
    digest: `digest ${seq}`,
  };
}

export function clientMessageId(number: number): string {
  return `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`;
}

/** All rows of an invented history, as a router would write them: equal timestamps are identical. */
export function historyRows(conversationId: string, steps: readonly Step[]): ConversationRow[] {
  const joinedAt = new Map<string, number>();
  const since = new Map<string, number>();
  return steps.flatMap((step, index) => {
    const seq = index + 1;
    const userId = USERS[step.user] ?? '901';
    const rows: ConversationRow[] = [
      entryRow(conversationId, seq, { kind: kindOf(step), sender_id: userId }),
      // Few keys, so that some come again, as after they were forgotten.
      deduplicationRow(conversationId, seq, { sender_id: userId, client_msg_id: clientMessageId(seq % 4) }),
      { row: 'head', conversation_id: conversationId, last_seq: seq },
    ];
    const target = 1 + (step.target % seq);
    if (step.does === 'edit' && target < seq) rows.push(editRow(conversationId, target, seq));
    if (step.does === 'delete' && target < seq) rows.push(deletionRow(conversationId, target, seq));
    if (step.does === 'react' || step.does === 'unreact') {
      const emoji = EMOJI[seq % EMOJI.length];
      const place = `${target} ${emoji}`;
      if (!since.has(place)) since.set(place, seq);
      const op = step.does === 'react' ? 'add' : 'remove';
      rows.push(reactionRow(conversationId, target, seq, { emoji, user_id: userId, op, since_seq: since.get(place) }));
    }
    const joined = joinedAt.get(userId);
    if (joined !== undefined && (step.does === 'leave' || step.does === 'role')) {
      joinedAt.delete(userId);
      rows.push(membershipEnd(conversationId, userId, joined, step.does === 'leave' ? seq : seq - 1, seq));
    }
    if ((step.does === 'join' && joined === undefined) || (step.does === 'role' && joined !== undefined)) {
      joinedAt.set(userId, seq);
      rows.push(membershipStart(conversationId, userId, seq));
    }
    return rows;
  });
}

function kindOf({ does }: Step): EntryRow['kind'] {
  if (does === 'unreact') return 'react';
  return does === 'join' || does === 'leave' || does === 'role' ? 'update' : does;
}
