import { ApiProperty } from '@nestjs/swagger';
import { EntryView } from './entry.js';
import { ERRORS, type ErrorCode } from './error-codes.js';

/** What this server and its operator allow. Bytes are UTF-8, times milliseconds. */
export class SessionLimits {
  @ApiProperty({ type: 'integer', example: 16_384, description: "A message's content as compact JSON." })
  message_bytes: number;
  @ApiProperty({ type: 'integer', example: 65_536, description: 'A larger frame ends the connection.' })
  frame_bytes: number;
  @ApiProperty({ type: 'integer', example: 20, description: 'Of one user, over all devices.' })
  sends_per_second: number;
  @ApiProperty({ type: 'integer', example: 40 })
  send_burst: number;
  @ApiProperty({ type: 'integer', example: 60 })
  conversation_sends_per_second: number;
  @ApiProperty({ type: 'integer', example: 10 })
  devices_per_user: number;
  @ApiProperty({ type: 'integer', example: 500 })
  watched_users: number;
  @ApiProperty({ type: 'integer', example: 256 })
  small_group_members: number;
  @ApiProperty({ type: 'integer', example: 100_000 })
  group_members: number;
  @ApiProperty({ type: 'integer', example: 200 })
  page_size: number;
  @ApiProperty({ type: 'integer', example: 200, description: 'Entries on their way unacknowledged.' })
  window_entries: number;
  @ApiProperty({ type: 'integer', example: 131_072 })
  window_bytes: number;
  @ApiProperty({ type: 'integer', example: 10_000, description: 'Nothing acknowledged for so long ends the session.' })
  ack_timeout_ms: number;
  @ApiProperty({ type: 'integer', example: 10_000 })
  presence_grace_ms: number;
}

/** `session:ready`: the first event of every session. */
export class SessionReady {
  @ApiProperty({ type: String, format: 'uuid' })
  session_id: string;
  @ApiProperty({ type: String })
  user_id: string;
  @ApiProperty({ type: String, example: 'laptop' })
  device_id: string;
  @ApiProperty({
    type: Boolean,
    description: 'It starts where the other devices have come to; older is in the history.',
  })
  device_is_new: boolean;
  @ApiProperty({ type: String, example: '9f86d081', description: 'Tells gateways apart, and nothing more.' })
  gateway_id: string;
  @ApiProperty({ type: String, format: 'date-time' })
  server_time: string;
  @ApiProperty({ type: SessionLimits })
  limits: SessionLimits;
}

const SESSION_ENDS = [
  'ack_timeout',
  'slow_consumer',
  'draining',
  'gateway_lost_lease',
  'token_expired',
  'revoked',
  'replaced',
] as const;

export type SessionEnd = (typeof SESSION_ENDS)[number];

/** `session:closed`: why the server ends a session. */
export class SessionClosed {
  @ApiProperty({ type: String, enum: SESSION_ENDS })
  code: SessionEnd;
  @ApiProperty({ type: String, example: 'Entries were not acknowledged in time' })
  message: string;
  @ApiProperty({ type: Boolean, description: 'Whether client libraries come back by themselves.' })
  reconnect: boolean;
}

/** A refusal of an event: the code says why to programs, the message to people. */
export class ErrorView {
  @ApiProperty({ type: String, enum: Object.keys(ERRORS), example: 'rate_limited' })
  code: ErrorCode;
  @ApiProperty({ type: String, example: 'Too many requests' })
  message: string;
  @ApiProperty({ type: Boolean, description: 'Whether the same event, unchanged, may be accepted later.' })
  retryable: boolean;
  @ApiProperty({ type: 'integer', minimum: 0, required: false, example: 250, description: 'Milliseconds to wait.' })
  retry_after_ms?: number;
}

/** `session:error`: a refusal of an event that had no acknowledgement callback. */
export class SessionError {
  @ApiProperty({ type: String, example: 'message:ack', description: 'The name of the event, as it was sent.' })
  event: string;
  @ApiProperty({ type: ErrorView })
  error: ErrorView;
}

/** The data of a CONNECT_ERROR: a refused handshake. The cause has to be mended first. */
export class HandshakeRefusal {
  @ApiProperty({ type: String, enum: Object.keys(ERRORS) })
  code: ErrorCode;
  @ApiProperty({ type: String })
  message: string;
  @ApiProperty({ type: Boolean, enum: [false] })
  retryable: false;
}

/** A range of entries that lay between and are not sent. */
export class SkippedRange {
  @ApiProperty({ type: 'integer', minimum: 1 })
  from_seq: number;
  @ApiProperty({ type: 'integer', minimum: 1 })
  to_seq: number;
}

/** `message:batch`: one conversation, ascending. The client's position becomes `to_seq`. */
export class MessageBatch {
  @ApiProperty({ type: String })
  conversation_id: string;
  @ApiProperty({ type: [EntryView] })
  messages: EntryView[];
  @ApiProperty({ type: 'integer', minimum: 0 })
  after_seq: number;
  @ApiProperty({
    type: 'integer',
    minimum: 1,
    description: 'May be acknowledged, also where it is above the last entry.',
  })
  to_seq: number;
  @ApiProperty({ type: SkippedRange, required: false, description: 'More than a sync carries: read it from history.' })
  skipped?: SkippedRange;
}

/** How far a sync has brought one conversation. */
export class SyncedConversation {
  @ApiProperty({ type: String })
  conversation_id: string;
  @ApiProperty({ type: 'integer', minimum: 0 })
  last_seq: number;
}

/** `sync:done`: the device has what it lacked when it connected. */
export class SyncDone {
  @ApiProperty({ type: 'integer', minimum: 0, description: "Entries in this sync's batches." })
  delivered: number;
  @ApiProperty({ type: [SyncedConversation], description: 'At least each conversation that had batches.' })
  conversations: SyncedConversation[];
}

/** `heads`: the last seq of conversations with recent traffic. */
export class Heads {
  @ApiProperty({
    type: 'object',
    additionalProperties: { type: 'integer', minimum: 1 },
    example: { '7234982347239424': 12 },
  })
  positions: Record<string, number>;
}
