/**
 * ADR 13 gives the reasons. In short: every partition is bounded; what is read by a message's way is levelled, what is
 * nearly only written is tiered; nothing compacts by time, since write timestamps are seqs and lie in 1970. Seqs, offsets
 * and times (milliseconds since 1970) are `bigint`, ids the strings that they are everywhere.
 */
export const LEVELLED = `compaction = {'class': 'UnifiedCompactionStrategy', 'scaling_parameters': 'L4'}`;
const TIERED = `compaction = {'class': 'UnifiedCompactionStrategy', 'scaling_parameters': 'T4'}`;

/** `content` stands apart from `body`, because edits and deletions overwrite it. Columns from there on may precede the row. */
const ENTRIES = `CREATE TABLE IF NOT EXISTS conversation_entries (
  conversation_id text, bucket int, seq bigint,
  epoch int, log_offset bigint, message_id text, kind text, sender_id text, client_msg_id text, sent_at bigint,
  n bigint, version bigint, last_message_seq bigint, last_activity_at bigint, body text,
  content text, edited_at bigint, edited_seq bigint, deleted_at bigint, deleted_seq bigint,
  PRIMARY KEY ((conversation_id, bucket), seq)
) WITH CLUSTERING ORDER BY (seq DESC) AND ${LEVELLED}`;

/** `period`: some nine minutes of the ids' own time, so that the ids of a burst share a partition. */
const ENTRY_IDS = `CREATE TABLE IF NOT EXISTS entry_ids (
  conversation_id text, period int, message_id text, seq bigint,
  PRIMARY KEY ((conversation_id, period), message_id)
) WITH ${TIERED}`;

const HEADS = `CREATE TABLE IF NOT EXISTS heads (
  conversation_id text PRIMARY KEY, last_seq bigint
) WITH ${LEVELLED}`;

/** `role` is the start of an interval, `to_seq` and `end_by_seq` its end. */
const MEMBERSHIPS = `CREATE TABLE IF NOT EXISTS memberships (
  conversation_id text, user_id text, from_seq bigint, role text, to_seq bigint, end_by_seq bigint,
  PRIMARY KEY ((conversation_id), user_id, from_seq)
) WITH ${LEVELLED}`;

/**
 * `submission` is sender and client_msg_id in one, so that one `IN` asks for many. Rows only ever expire: replicas that
 * missed one have nothing to revive, and a day suffices before its remains go.
 */
const DEDUPLICATION = `CREATE TABLE IF NOT EXISTS deduplication (
  conversation_id text, submission text,
  epoch int, log_offset bigint, message_id text, seq bigint, sent_at bigint, digest text,
  PRIMARY KEY ((conversation_id, submission))
) WITH gc_grace_seconds = 86400 AND ${TIERED}`;

/** Groups of cells, each with its own timestamp: joined, left, activity, read, delivered. */
const INBOX = `CREATE TABLE IF NOT EXISTS inbox (
  user_id text, conversation_id text,
  from_seq bigint, floor_n bigint,
  to_seq bigint,
  last_seq bigint, last_n bigint, last_message_seq bigint, last_activity_at bigint,
  read_seq bigint, read_n bigint,
  delivered_seq bigint,
  PRIMARY KEY ((user_id), conversation_id)
) WITH ${LEVELLED}`;

/** `initialised` is the mark of a device that is known. */
const DEVICE_CURSORS = `CREATE TABLE IF NOT EXISTS device_cursors (
  user_id text, device_id text, generation text, conversation_id text, seq bigint, initialised boolean static,
  PRIMARY KEY ((user_id, device_id, generation), conversation_id)
) WITH ${LEVELLED}`;

const QUARANTINE = `CREATE TABLE IF NOT EXISTS quarantine (
  topic text, partition_id int, epoch int, log_offset bigint, record_key text, record_value blob, reason text,
  PRIMARY KEY ((topic, partition_id), epoch, log_offset)
) WITH ${LEVELLED}`;

/** One row: the log that feeds this store. */
const LOG_IDENTITY = `CREATE TABLE IF NOT EXISTS log_identity (
  store text PRIMARY KEY, cluster text, topic text, partitions int
)`;

const STORED_ENDS = `CREATE TABLE IF NOT EXISTS stored_ends (
  store text, partition_id int, next_offset bigint,
  PRIMARY KEY ((store), partition_id)
) WITH ${LEVELLED}`;

export const FIRST_SCHEMA: readonly string[] = [
  ENTRIES,
  ENTRY_IDS,
  HEADS,
  MEMBERSHIPS,
  DEDUPLICATION,
  INBOX,
  DEVICE_CURSORS,
  QUARANTINE,
  LOG_IDENTITY,
  STORED_ENDS,
];
