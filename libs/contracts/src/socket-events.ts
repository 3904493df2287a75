import { ApiProperty } from '@nestjs/swagger';
import { IsString, Matches, MaxLength } from 'class-validator';
import {
  ClientMessageIdField,
  ContentField,
  DEVICE_ID,
  IdField,
  MentionsField,
  PositionsField,
  SeqField,
} from './fields.js';
import type { Content, EntryView } from './entry.js';
import { PAGE_SIZE } from './limits.js';

/** The handshake's `auth`, except the token, which is checked before anything else is looked at. */
export class HandshakeDto {
  @Matches(DEVICE_ID, { message: '$property must be 1 to 64 letters, digits, _ or -' })
  device_id: string;

  @PositionsField({ optional: true, description: 'What the client holds; can only raise the start of the sync.' })
  after_seq?: Record<string, number> | null;
}

/** A message as REST takes it: the conversation stands in the path, the key in a header. */
export class PostMessageDto {
  @ContentField()
  content: Content;

  @IdField({ optional: true, description: 'A message of this conversation that the sender can see.' })
  reply_to?: string | null;

  @IdField({ optional: true, description: "A label: the message_id of the thread's first message." })
  thread_id?: string | null;

  @MentionsField()
  mentions?: string[] | null;
}

/** `message:send`. */
export class SendMessageDto extends PostMessageDto {
  @ClientMessageIdField()
  client_msg_id: string;

  @IdField()
  conversation_id: string;
}

/** `message:ack`: everything up to these positions that this session was sent is safe with the client. */
export class AckDto {
  @PositionsField()
  positions: Record<string, number>;
}

/** `sync:pull`: the entries after a position, as far as the caller may see them. */
export class PullDto {
  @IdField()
  conversation_id: string;

  @SeqField()
  after_seq: number;

  @SeqField({ min: 1, max: PAGE_SIZE })
  limit: number;
}

/** `auth:refresh`: a new access token for the running session. */
export class RefreshSessionDto {
  @ApiProperty({ type: String })
  @IsString()
  @MaxLength(8_192)
  token: string;
}

/** The answer to a send, on both faces. */
export class SentView {
  @ApiProperty({ type: String })
  message_id: string;
  @ApiProperty({ type: String, format: 'uuid' })
  client_msg_id: string;
  @ApiProperty({ type: 'integer', minimum: 1 })
  seq: number;
  @ApiProperty({ type: String, format: 'date-time' })
  sent_at: string;
}

/** `session:ready`: the first event of every session. */
export interface SessionReady {
  session_id: string;
  user_id: string;
  device_id: string;
  device_is_new: boolean;
  gateway_id: string;
  server_time: string;
  limits: SessionLimits;
}

export interface SessionLimits {
  message_bytes: number;
  frame_bytes: number;
  sends_per_second: number;
  send_burst: number;
  conversation_sends_per_second: number;
  devices_per_user: number;
  watched_users: number;
  small_group_members: number;
  group_members: number;
  page_size: number;
  window_entries: number;
  window_bytes: number;
  ack_timeout_ms: number;
  presence_grace_ms: number;
}

export type SessionEnd =
  'ack_timeout' | 'slow_consumer' | 'draining' | 'gateway_lost_lease' | 'token_expired' | 'revoked' | 'replaced';

/** `session:closed`: why the server ends a session; `reconnect` says whether client libraries come back by themselves. */
export interface SessionClosed {
  code: SessionEnd;
  message: string;
  reconnect: boolean;
}

/** `message:batch`: one conversation, ascending. The client's position becomes `to_seq`. */
export interface MessageBatch {
  conversation_id: string;
  messages: EntryView[];
  after_seq: number;
  to_seq: number;
  skipped?: { from_seq: number; to_seq: number };
}

/** `sync:done`: `delivered` counts the entries of this sync's batches. */
export interface SyncDone {
  delivered: number;
  conversations: { conversation_id: string; last_seq: number }[];
}

/** `sync:pull`'s answer. */
export interface Pulled {
  ok: true;
  messages: EntryView[];
  to_seq: number;
  has_more: boolean;
}
