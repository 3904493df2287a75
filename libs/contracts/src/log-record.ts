import { IsBoolean, IsIn, IsInt, IsOptional, Max, Min } from 'class-validator';
import { EmojiField } from './emoji.js';
import { check, ClientMessageIdField, ContentField, ID, IdField, MentionsField } from './fields.js';
import { isCleanText } from './json-checks.js';
import type { Change, Content, ConversationKind, EntryKind, Role } from './entry.js';

/** The log's topic for entries, keyed by conversation. */
export const ENTRIES_TOPIC = 'conversations.entries';
/** The consumer group that reads it; a fleet puts its own prefix before the name. */
export const ROUTER_GROUP = 'router';

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

/** The sender's reaction to a message with one emoji, or its end. */
export class ReactRecordDto extends SubmitRecordDto {
  declare kind: 'react';
  @IdField()
  target_id: string;
  @EmojiField()
  emoji: string;
  @IsIn(['add', 'remove'])
  op: 'add' | 'remove';
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

/**
 * Whether either user of a direct conversation blocks the other from here on. Decided, published and numbered like a
 * change, but no entry: it gets no `seq`, nobody is shown it, and no verdict is given.
 */
export class BlockRecordDto {
  @IsIn([1])
  v: 1;
  @IsIn(['block'])
  type: 'block';
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
  @IsBoolean()
  is_blocked: boolean;
}

export type SubmitRecord = MessageRecordDto | EditRecordDto | DeleteRecordDto | ReactRecordDto;
export type LogRecord = SubmitRecord | ChangeRecordDto | BlockRecordDto;

/** The record header that holds, as JSON, where the verdict goes. */
export const VERDICT_TO = 'verdict-to';

/** The record header of a record whose way is traced: a W3C `traceparent`. */
export const TRACE_PARENT = 'traceparent';

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
