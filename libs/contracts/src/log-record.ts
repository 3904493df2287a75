import { IsIn, IsInt, IsOptional, Max, Min } from 'class-validator';
import { check, ClientMessageIdField, ContentField, ID, IdField, MentionsField } from './fields.js';
import { validate } from './validate.js';
import { isCleanText } from './json-checks.js';
import type { Change, Content, ConversationKind, EntryKind, Role } from './entry.js';

/** The log's topic for entries, keyed by conversation. */
export const ENTRIES_TOPIC = 'conversations.entries';

/**
 * Where a record stands: (lane epoch, offset) within its partition. Compared epoch first; offsets grow by at least one.
 */
export interface Position {
  epoch: number;
  offset: number;
}

export function comparePositions(a: Position, b: Position): number {
  return a.epoch - b.epoch || a.offset - b.offset;
}

/** What a client asked for: published by a gateway or by the API, judged by the router. */
export class SubmitRecordDto {
  @IsIn([1])
  v: 1;
  @IsIn(['submit'])
  type: 'submit';
  @IsIn(['message', 'edit', 'delete', 'react'])
  kind: Exclude<EntryKind, 'update'>;
  @IdField()
  message_id: string;
  @IdField()
  conversation_id: string;
  @IdField()
  sender_id: string;
  @ClientMessageIdField()
  client_msg_id: string;
}

/** A new message. */
export class MessageRecordDto extends SubmitRecordDto {
  declare kind: 'message';
  @ContentField()
  content: Content;
  @IdField({ optional: true })
  reply_to?: string | null;
  @IdField({ optional: true })
  thread_id?: string | null;
  @MentionsField()
  mentions?: string[] | null;
}

/** New content for a message. */
export class EditRecordDto extends SubmitRecordDto {
  declare kind: 'edit';
  @IdField()
  target_id: string;
  @ContentField()
  content: Content;
}

/** A message becomes empty for everybody. */
export class DeleteRecordDto extends SubmitRecordDto {
  declare kind: 'delete';
  @IdField()
  target_id: string;
}

/**
 * A change of a conversation, decided under a lock in PostgreSQL and published by the outbox relay. `version` is dense
 * per conversation from 1; the router takes each version once.
 */
export class ChangeRecordDto {
  @IsIn([1])
  v: 1;
  @IsIn(['change'])
  type: 'change';
  @IdField()
  message_id: string;
  @IdField()
  conversation_id: string;
  @IdField()
  sender_id: string;
  @IsInt()
  @Min(1)
  @Max(Number.MAX_SAFE_INTEGER)
  version: number;
  @IsIn(['created', 'member_joined', 'member_left', 'member_removed', 'role_changed', 'title_changed', 'deleted'])
  change: Change;
  /** With `created`. */
  @IsOptional()
  @IsIn(['direct', 'group'])
  conversation_kind?: ConversationKind | null;
  /** With `created`: everybody who is in from the start. */
  @IsOptional()
  @check('members', 'must be a list of {user_id, role}', isMembers)
  members?: { user_id: string; role: Role }[] | null;
  /** With a change of membership or role: whom it concerns. */
  @IdField({ optional: true })
  user_id?: string | null;
  @IsOptional()
  @IsIn(['owner', 'admin', 'member'])
  role?: Role | null;
  /** With `created` (groups) and `title_changed`. */
  @IsOptional()
  @check('title', 'must be clean text', (value) => typeof value === 'string' && isCleanText(value))
  title?: string | null;
}

export type SubmitRecord = MessageRecordDto | EditRecordDto | DeleteRecordDto;
export type LogRecord = SubmitRecord | ChangeRecordDto;

/** The record header that holds, as JSON, where the verdict goes. */
export const VERDICT_TO = 'verdict-to';

/** Where the verdict on a record goes: the instance that waits for it. */
export interface VerdictAddress {
  gateway: string;
  incarnation: string;
}

const ROLES = new Set(['owner', 'admin', 'member']);

function isMembers(value: unknown): boolean {
  return (
    Array.isArray(value) &&
    value.length > 0 &&
    new Set(value.map((member) => (member as { user_id?: unknown } | null)?.user_id)).size === value.length &&
    value.every((member) => {
      const { user_id, role, ...rest } = (member ?? {}) as Record<string, unknown>;
      return (
        typeof user_id === 'string' && ID.test(user_id) && ROLES.has(role as string) && Object.keys(rest).length === 0
      );
    })
  );
}

/** Larger records are at fault themselves: nobody of ours publishes one. */
const MAX_RECORD_BYTES = 1_048_576;

/** The bytes of a record in the log: compact JSON in UTF-8. */
export function encodeRecord(record: LogRecord): Buffer {
  return Buffer.from(JSON.stringify(record), 'utf8');
}

/**
 * Reads a record's bytes back, with the same checks that the gateways apply before they publish. Returns the reason
 * where the bytes are at fault: undecodable, unknown version or kind, wrong shape. Such a record is quarantined.
 */
export function decodeRecord(bytes: Uint8Array): { ok: true; value: LogRecord } | { ok: false; reason: string } {
  let parsed: unknown;
  try {
    parsed = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    return { ok: false, reason: 'not JSON in UTF-8' };
  }
  const dto = dtoOf(parsed);
  if (!dto) return { ok: false, reason: 'unknown record version, type or kind' };
  const checked = validate<LogRecord>(dto, parsed);
  return checked.ok ? checked : { ok: false, reason: checked.message };
}

/**
 * What a router makes of a record of the log: its bytes decoded, where they are, and its size and its key (the
 * conversation) are right too. The reason names what is at fault otherwise.
 */
export function readRecord(key: string, bytes: Uint8Array): ReturnType<typeof decodeRecord> {
  if (bytes.byteLength > MAX_RECORD_BYTES) return { ok: false, reason: 'too large' };
  const decoded = decodeRecord(bytes);
  if (decoded.ok && decoded.value.conversation_id !== key) {
    return { ok: false, reason: 'its key is not its conversation' };
  }
  return decoded;
}

function dtoOf(parsed: unknown): (new () => LogRecord) | null {
  if (parsed === null || typeof parsed !== 'object') return null;
  const { v, type, kind } = parsed as Record<string, unknown>;
  if (v !== 1) return null;
  if (type === 'change') return ChangeRecordDto;
  if (type !== 'submit') return null;
  if (kind === 'message') return MessageRecordDto;
  if (kind === 'edit') return EditRecordDto;
  return kind === 'delete' ? DeleteRecordDto : null;
}
