import type { EntryKind, Role } from '@parley/contracts';
import type { types } from 'cassandra-driver';
import type { DeduplicationKey } from '../conversation-store.js';
import type { BareEntry } from '../reactions-of-entries.js';
import type { BlockChangeRow, DeduplicationRow, EntryBody, Membership } from '../rows.js';

/** A row of `entries` as the driver gives it. */
export interface EntryColumns {
  conversation_id: string;
  seq: types.Long;
  /** Null in a row of which only patches have arrived; then everything else of the row is null, too. */
  message_id: string | null;
  epoch: number;
  log_offset: types.Long;
  kind: EntryKind;
  sender_id: string;
  client_msg_id: string | null;
  sent_at: types.Long;
  n: types.Long;
  version: types.Long;
  last_message_seq: types.Long;
  last_activity_at: types.Long;
  body: string;
  content: string | null;
  edited_at: types.Long | null;
  edited_seq: types.Long | null;
  deleted_at: types.Long | null;
  deleted_seq: types.Long | null;
}

export interface MembershipColumns {
  user_id: string;
  from_seq: types.Long;
  /** Null in an interval of which only the end has arrived. */
  role: Role | null;
  to_seq: types.Long | null;
  end_by_seq: types.Long | null;
}

export interface BlockChangeColumns {
  version: types.Long;
  epoch: number;
  log_offset: types.Long;
  is_blocked: boolean;
}

export interface DeduplicationColumns {
  submission: string;
  epoch: number;
  log_offset: types.Long;
  message_id: string;
  seq: types.Long;
  sent_at: types.Long;
  digest: string;
}

/** Null for a row of which only patches have arrived. */
export function showEntry(columns: EntryColumns): BareEntry | null {
  const { conversation_id, message_id, kind, sender_id, client_msg_id } = columns;
  if (message_id === null) return null;
  return {
    conversation_id,
    seq: columns.seq.toNumber(),
    position: { epoch: columns.epoch, offset: columns.log_offset.toNumber() },
    message_id,
    kind,
    sender_id,
    client_msg_id,
    sent_at: columns.sent_at.toNumber(),
    n: columns.n.toNumber(),
    version: columns.version.toNumber(),
    last_message_seq: columns.last_message_seq.toNumber(),
    last_activity_at: columns.last_activity_at.toNumber(),
    body: showBody(columns),
    edited_at: numberOrNull(columns.edited_at),
    edited_seq: numberOrNull(columns.edited_seq),
    deleted_at: numberOrNull(columns.deleted_at),
    deleted_seq: numberOrNull(columns.deleted_seq),
  };
}

function showBody({ body, content, deleted_seq }: EntryColumns): EntryBody {
  const shown = JSON.parse(body) as EntryBody;
  // An edit that comes after the deletion does not bring content back.
  if (deleted_seq !== null) return { ...shown, content: null };
  return content === null ? shown : { ...shown, content: JSON.parse(content) as EntryBody['content'] };
}

/** Null for an interval of which only the end has arrived. */
export function showMembership({ user_id, from_seq, role, to_seq, end_by_seq }: MembershipColumns): Membership | null {
  if (role === null) return null;
  return {
    user_id,
    from_seq: from_seq.toNumber(),
    to_seq: numberOrNull(to_seq),
    end_by_seq: numberOrNull(end_by_seq),
    role,
  };
}

export function showBlockChange(conversationId: string, columns: BlockChangeColumns): BlockChangeRow {
  return {
    row: 'block-change',
    conversation_id: conversationId,
    version: columns.version.toNumber(),
    position: { epoch: columns.epoch, offset: columns.log_offset.toNumber() },
    is_blocked: columns.is_blocked,
  };
}

export function showDeduplication(
  conversationId: string,
  { sender_id, client_msg_id }: DeduplicationKey,
  columns: DeduplicationColumns,
): DeduplicationRow {
  return {
    row: 'deduplication',
    conversation_id: conversationId,
    sender_id,
    client_msg_id,
    position: { epoch: columns.epoch, offset: columns.log_offset.toNumber() },
    message_id: columns.message_id,
    seq: columns.seq.toNumber(),
    sent_at: columns.sent_at.toNumber(),
    digest: columns.digest,
  };
}

export function numberOrNull(value: types.Long | null): number | null {
  return value === null ? null : value.toNumber();
}
