import type { ChangeRecordDto, Role, SubmitRecord } from '@parley/contracts';
import type {
  ConversationRow,
  EntryBody,
  EntryRow,
  InboxActivity,
  InboxWrite,
  MembershipEnd,
  MembershipStart,
} from '@parley/message-store';
import { changeTarget } from './change-target.js';
import { keyOf, type ConversationState, type TargetState } from './conversation-state.js';
import { changeBody, submissionBody } from './entry-body.js';
import type { RecordAtHand } from './record-at-hand.js';

/** An accepted record: its entry, and everything that follows from it. */
export interface Sequenced {
  entry: EntryRow;
  /** Rows that must stand before the head moves: the entry, its key, what its target shows of it, membership intervals. */
  rows: ConversationRow[];
  /** One write per recipient, after the rows. */
  inbox: InboxWrite[];
  /** Members as of this record; who leaves with it is among them. */
  recipients: string[];
}

/** Gives a client's accepted record its seq, and moves the state on. */
export function sequenceSubmission(
  state: ConversationState,
  at: RecordAtHand<SubmitRecord>,
  digest: string,
  target: TargetState | null,
): Sequenced {
  const { record } = at;
  const entry = nextEntry(state, at, record.kind, submissionBody(record, target), record.client_msg_id);
  const { conversation_id, seq, position, message_id, sender_id, sent_at } = entry;
  const rows: ConversationRow[] = [
    entry,
    {
      row: 'deduplication',
      conversation_id,
      sender_id,
      client_msg_id: record.client_msg_id,
      position,
      message_id,
      seq,
      sent_at,
      digest,
    },
  ];
  state.unstoredKeys.set(keyOf(sender_id, record.client_msg_id), { position, message_id, seq, sent_at, digest });
  if (record.kind === 'message') {
    state.unstoredTargets.set(message_id, {
      seq,
      kind: 'message',
      sender_id,
      deletedSeq: null,
      emojiSince: new Map(),
      unstored: 1,
    });
  } else if (target) {
    rows.push(...changeTarget(state, entry, record, target));
  }
  return withRecipients(state, entry, rows, [...state.members.keys()]);
}

/** Gives a decided change its seq, and moves members and version on. */
export function sequenceChange(state: ConversationState, at: RecordAtHand<ChangeRecordDto>): Sequenced {
  const { record } = at;
  state.version = record.version;
  const entry = nextEntry(state, at, 'update', changeBody(record), null);
  const leaving = new Map<string, number>();
  const rows: ConversationRow[] = [entry];
  for (const user of startedBy(record)) {
    // A change of role ends one interval just before it starts the next.
    if (state.members.has(user.user_id)) rows.push(endOf(state, entry, user.user_id, entry.seq - 1));
    rows.push(startOf(state, entry, user.user_id, user.role));
  }
  for (const userId of endedBy(state, record)) {
    const floor = endOf(state, entry, userId, entry.seq);
    rows.push(floor);
    leaving.set(userId, floor.from_seq);
  }
  const sequenced = withRecipients(state, entry, rows, [...state.members.keys(), ...leaving.keys()]);
  return record.change === 'deleted' ? { ...sequenced, inbox: withoutRows(state, sequenced) } : sequenced;
}

/** The inboxes of everybody who was ever in a conversation lose their row with its deletion. */
function withoutRows(state: ConversationState, { entry, inbox }: Sequenced): InboxWrite[] {
  const { conversation_id, seq: at } = entry;
  const last = new Map(inbox.map((write) => [write.user_id, write]));
  return [...state.ended.keys()].map((user_id) => ({
    ...(last.get(user_id) ?? { user_id, conversation_id, at }),
    deleted: true,
  }));
}

/** Users who are in from this entry on. */
function startedBy(record: ChangeRecordDto): { user_id: string; role: Role }[] {
  if (record.change === 'created') return record.members ?? [];
  const joins = record.change === 'member_joined' || record.change === 'role_changed';
  return joins && record.user_id ? [{ user_id: record.user_id, role: record.role ?? 'member' }] : [];
}

/** Users for whom this entry is the last one. */
function endedBy(state: ConversationState, record: ChangeRecordDto): string[] {
  if (record.change === 'deleted') return [...state.members.keys()];
  const leaves = record.change === 'member_left' || record.change === 'member_removed';
  return leaves && record.user_id && state.members.has(record.user_id) ? [record.user_id] : [];
}

function startOf(state: ConversationState, entry: EntryRow, userId: string, role: Role): MembershipStart {
  state.startInterval(userId, entry.seq, role);
  return {
    row: 'membership-start',
    conversation_id: state.conversationId,
    user_id: userId,
    from_seq: entry.seq,
    role,
  };
}

function endOf(state: ConversationState, entry: EntryRow, userId: string, toSeq: number): MembershipEnd {
  return {
    row: 'membership-end',
    conversation_id: state.conversationId,
    user_id: userId,
    from_seq: state.endInterval(userId, toSeq),
    to_seq: toSeq,
    by_seq: entry.seq,
  };
}

function nextEntry(
  state: ConversationState,
  at: RecordAtHand,
  kind: EntryRow['kind'],
  body: EntryBody,
  clientMsgId: string | null,
): EntryRow {
  const isMessage = kind === 'message';
  state.lastSeq += 1;
  state.lastSentAt = Math.max(state.lastSentAt, at.appendedAt);
  state.n += isMessage ? 1 : 0;
  if (isMessage) state.lastMessageSeq = state.lastSeq;
  if (isMessage || state.lastSeq === 1) state.lastActivityAt = state.lastSentAt;
  return {
    row: 'entry',
    conversation_id: state.conversationId,
    seq: state.lastSeq,
    position: at.position,
    message_id: at.record.message_id,
    kind,
    sender_id: at.record.sender_id,
    client_msg_id: clientMsgId,
    sent_at: state.lastSentAt,
    n: state.n,
    version: state.version,
    last_message_seq: state.lastMessageSeq,
    last_activity_at: state.lastActivityAt,
    body,
  };
}

function withRecipients(
  state: ConversationState,
  entry: EntryRow,
  rows: ConversationRow[],
  recipients: string[],
): Sequenced {
  const activity: InboxActivity = {
    last_seq: entry.seq,
    last_n: entry.n,
    last_message_seq: entry.last_message_seq,
    last_activity_at: entry.last_activity_at,
  };
  state.unstored += 1;
  const joined = joinedWith(entry);
  const inbox = recipients.map((userId): InboxWrite => {
    const write: InboxWrite = { user_id: userId, conversation_id: entry.conversation_id, at: entry.seq, activity };
    if (joined.has(userId)) write.joined = { from_seq: entry.seq, floor_n: entry.n };
    if (!state.members.has(userId)) write.left = { to_seq: entry.seq };
    if (entry.kind === 'message' && userId === entry.sender_id) write.read = { read_seq: entry.seq, read_n: entry.n };
    return write;
  });
  return { entry, rows, inbox, recipients };
}

/** A change of role starts an interval but no membership: the visibility floor stays at the join. */
function joinedWith({ body, kind }: EntryRow): Set<string> {
  if (kind !== 'update') return new Set();
  if (body.change === 'created') return new Set(body.user_ids);
  return new Set(body.change === 'member_joined' && body.user_id ? [body.user_id] : []);
}
