import { limits } from '@parley/contracts';
import type {
  BlockChangeRow,
  ConversationRow,
  DeduplicationRow,
  EntryRow,
  HeadRow,
  MembershipEnd,
  MembershipStart,
  PatchRow,
  ReactionRow,
} from '../rows.js';
import { bucketOf, periodOf, submissionOf } from './partition-keys.js';
import type { RowWrite } from './row-write.js';

/**
 * Each row of the router as statements. The timestamp of every cell is the seq that causes the write: of two writes the ring
 * keeps the one with the higher timestamp, so replays and late writes of a router that lost its partition change nothing.
 * Nothing here deletes: a tombstone by wall clock would hide every later write of its row.
 */
const ENTRY = `INSERT INTO conversation_entries (conversation_id, bucket, seq, epoch, log_offset, message_id, kind, sender_id,
  client_msg_id, sent_at, n, version, last_message_seq, last_activity_at, body, content)
  VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) USING TIMESTAMP ?`;
const ENTRY_ID =
  'INSERT INTO entry_ids (conversation_id, period, message_id, seq) VALUES (?, ?, ?, ?) USING TIMESTAMP ?';
const EDIT = `UPDATE conversation_entries USING TIMESTAMP ? SET content = ?, edited_at = ?, edited_seq = ?
  WHERE conversation_id = ? AND bucket = ? AND seq = ?`;
const DELETION = `UPDATE conversation_entries USING TIMESTAMP ? SET content = 'null', deleted_at = ?, deleted_seq = ?
  WHERE conversation_id = ? AND bucket = ? AND seq = ?`;
const REACTION = `INSERT INTO reactions (conversation_id, bucket, seq, emoji, user_id, op, by_seq, since_seq)
  VALUES (?, ?, ?, ?, ?, ?, ?, ?) USING TIMESTAMP ?`;
const START = `INSERT INTO memberships (conversation_id, user_id, from_seq, role) VALUES (?, ?, ?, ?) USING TIMESTAMP ?`;
const END = `UPDATE memberships USING TIMESTAMP ? SET to_seq = ?, end_by_seq = ?
  WHERE conversation_id = ? AND user_id = ? AND from_seq = ?`;
const BLOCK_CHANGE = `INSERT INTO block_changes (conversation_id, version, epoch, log_offset, is_blocked)
  VALUES (?, ?, ?, ?, ?) USING TIMESTAMP ?`;
/**
 * A key counts by the times in the log, but its row goes by the clock of a node. A record may be judged late, by a router
 * that is behind or at a replay; without the row it would get a seq that it did not get before.
 */
const JUDGED_WITHIN_MS = 7 * 24 * 3_600_000;
const DEDUPLICATION_TTL_S = (limits.DEDUPLICATION_MS + JUDGED_WITHIN_MS) / 1_000;
const DEDUPLICATION = `INSERT INTO deduplication (conversation_id, submission, epoch, log_offset, message_id, seq, sent_at,
  digest) VALUES (?, ?, ?, ?, ?, ?, ?, ?) USING TIMESTAMP ? AND TTL ${DEDUPLICATION_TTL_S}`;
const HEAD = 'INSERT INTO heads (conversation_id, last_seq) VALUES (?, ?) USING TIMESTAMP ?';

export function writesOf(row: ConversationRow): RowWrite[] {
  switch (row.row) {
    case 'entry':
      return [entryWrite(row), entryIdWrite(row)];
    case 'patch':
      return [patchWrite(row)];
    case 'reaction':
      return [reactionWrite(row)];
    case 'membership-start':
      return [startWrite(row)];
    case 'membership-end':
      return [endWrite(row)];
    case 'block-change':
      return [blockChangeWrite(row)];
    case 'deduplication':
      return [deduplicationWrite(row)];
    case 'head':
      return [headWrite(row)];
    default:
      return row satisfies never;
  }
}

function entryWrite(row: EntryRow): RowWrite {
  const { conversation_id, seq, position, message_id, kind, sender_id, client_msg_id, sent_at, body } = row;
  const { n, version, last_message_seq, last_activity_at } = row;
  const { content, ...rest } = body;
  const bucket = bucketOf(seq);
  return {
    partition: `entries/${conversation_id}/${bucket}`,
    cql: ENTRY,
    params: [
      ...[conversation_id, bucket, seq, position.epoch, position.offset, message_id, kind, sender_id],
      // A column that has no value is left unset: writing null would leave a tombstone.
      ...[client_msg_id ?? undefined, sent_at, n, version, last_message_seq, last_activity_at],
      ...[JSON.stringify(rest), content === undefined ? undefined : JSON.stringify(content), seq],
    ],
  };
}

function entryIdWrite({ conversation_id, message_id, seq }: EntryRow): RowWrite {
  const period = periodOf(message_id);
  const params = [conversation_id, period, message_id, seq, seq];
  return { partition: `entry_ids/${conversation_id}/${period}`, cql: ENTRY_ID, params };
}

/** A deletion overwrites the content; a row or an edit that arrives later loses against it. */
function patchWrite({ conversation_id, seq, by_seq, patch }: PatchRow): RowWrite {
  const bucket = bucketOf(seq);
  const partition = `entries/${conversation_id}/${bucket}`;
  const key = [conversation_id, bucket, seq];
  return 'deleted_at' in patch
    ? { partition, cql: DELETION, params: [by_seq, patch.deleted_at, by_seq, ...key] }
    : { partition, cql: EDIT, params: [by_seq, JSON.stringify(patch.content), patch.edited_at, by_seq, ...key] };
}

function reactionWrite(row: ReactionRow): RowWrite {
  const { conversation_id, seq, emoji, user_id, op, by_seq, since_seq } = row;
  const bucket = bucketOf(seq);
  const params = [conversation_id, bucket, seq, emoji, user_id, op, by_seq, since_seq, by_seq];
  return { partition: `reactions/${conversation_id}/${bucket}`, cql: REACTION, params };
}

function startWrite({ conversation_id, user_id, from_seq, role }: MembershipStart): RowWrite {
  const params = [conversation_id, user_id, from_seq, role, from_seq];
  return { partition: `memberships/${conversation_id}`, cql: START, params };
}

function endWrite({ conversation_id, user_id, from_seq, to_seq, by_seq }: MembershipEnd): RowWrite {
  const params = [to_seq, to_seq, by_seq, conversation_id, user_id, from_seq];
  return { partition: `memberships/${conversation_id}`, cql: END, params };
}

function blockChangeWrite({ conversation_id, version, position, is_blocked }: BlockChangeRow): RowWrite {
  const params = [conversation_id, version, position.epoch, position.offset, is_blocked, version];
  return { partition: `block_changes/${conversation_id}`, cql: BLOCK_CHANGE, params };
}

function deduplicationWrite(row: DeduplicationRow): RowWrite {
  const { conversation_id, position, message_id, seq, sent_at, digest } = row;
  const submission = submissionOf(row);
  return {
    partition: `deduplication/${conversation_id}/${submission}`,
    cql: DEDUPLICATION,
    params: [conversation_id, submission, position.epoch, position.offset, message_id, seq, sent_at, digest, seq],
  };
}

function headWrite({ conversation_id, last_seq }: HeadRow): RowWrite {
  return { partition: `heads/${conversation_id}`, cql: HEAD, params: [conversation_id, last_seq, last_seq] };
}
