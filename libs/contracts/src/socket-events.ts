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
import { EntryView, type Content } from './entry.js';
import { MAX_HELD_POSITIONS, MAX_POSITIONS, PAGE_SIZE, PROTOCOL_VERSION } from './limits.js';

/** The handshake's `auth`, except the token, which is checked before anything else is looked at. */
export class HandshakeDto {
  @ApiProperty({ type: String, pattern: DEVICE_ID.source, example: 'laptop', description: 'Chosen by the client.' })
  @Matches(DEVICE_ID, { message: '$property must be 1 to 64 letters, digits, _ or -' })
  device_id: string;

  @PositionsField({
    optional: true,
    most: MAX_HELD_POSITIONS,
    description: 'What the client holds; can only raise the start of the sync.',
  })
  after_seq?: Record<string, number> | null;
}

/** The whole `auth` of a handshake, for the documents. */
export class HandshakeAuth extends HandshakeDto {
  @ApiProperty({ type: String, example: 'eyJhbGciOiJFZERTQSJ9.e30.c2ln', description: 'An access token.' })
  token: string;

  @ApiProperty({ type: 'integer', enum: [PROTOCOL_VERSION] })
  protocol: number;
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
  @PositionsField({ most: MAX_POSITIONS })
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
  @ApiProperty({ type: String, maxLength: 8_192, example: 'eyJhbGciOiJFZERTQSJ9.e30.c2ln' })
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

/** `sync:pull`'s answer. */
export class Pulled {
  @ApiProperty({ type: [EntryView], description: 'Ascending.' })
  messages: EntryView[];
  @ApiProperty({ type: 'integer', minimum: 0, description: 'The position that the client has then.' })
  to_seq: number;
  @ApiProperty({ type: Boolean })
  has_more: boolean;
}

/** `auth:refresh`'s answer. */
export class SessionRefreshed {
  @ApiProperty({ type: String, format: 'date-time', description: 'When the new token ends, and the session with it.' })
  expires_at: string;
}

/** An answer that says no more than that it is so. */
export class Done {}
