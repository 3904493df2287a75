import { applyDecorators } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { IsBoolean, IsOptional, IsString } from 'class-validator';
import { UserView } from './accounts.js';
import { EntryView, type ConversationKind, type Role } from './entry.js';
import { SeqField, TimeField } from './fields.js';
import { DEFAULT_PAGE_SIZE, PAGE_SIZE } from './limits.js';

/** A conversation as one of its members sees it ("C" in the protocol). */
export class ConversationView {
  @ApiProperty({ type: String })
  conversation_id: string;
  @ApiProperty({ type: String, enum: ['direct', 'group'] })
  kind: ConversationKind;
  @ApiProperty({ type: String, nullable: true })
  title: string | null;
  @ApiProperty({ type: String, enum: ['owner', 'admin', 'member'] })
  role: Role;
  @ApiProperty({ type: 'integer' })
  member_count: number;
  @ApiProperty({ type: UserView, nullable: true, description: 'The other user of a direct conversation.' })
  peer: UserView | null;
  @ApiProperty({ type: String, format: 'date-time' })
  created_at: string;
  @ApiProperty({ type: String, format: 'date-time' })
  last_activity_at: string;
  @ApiProperty({ type: 'integer' })
  last_seq: number;
  @ApiProperty({ type: EntryView, nullable: true, description: 'The newest message, null where there is none to see.' })
  last_message: EntryView | null;
  @ApiProperty({ type: 'integer' })
  read_seq: number;
  @ApiProperty({ type: 'integer' })
  delivered_seq: number;
  @ApiProperty({ type: 'integer', minimum: 0, description: 'The same on all devices of the user.' })
  unread_count: number;
  @ApiProperty({ type: Boolean })
  muted: boolean;
  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  muted_until: string | null;
}

export class ConversationPageView {
  @ApiProperty({ type: [ConversationView], description: 'Newest activity first.' })
  items: ConversationView[];
  @ApiProperty({ type: String, nullable: true })
  next_cursor: string | null;
}

function HistoryCursorField(description: string) {
  return applyDecorators(
    ApiProperty({ type: String, required: false, description }),
    IsOptional(),
    IsString({ message: '$property must be one cursor' }),
  );
}

/** `GET /conversations/{id}/messages`: the newest entries, or those before or after a place; not both. */
export class HistoryQueryDto {
  @HistoryCursorField('A `before` of an earlier answer: older entries, newest first.')
  before?: string;

  @HistoryCursorField('An `after` of an earlier answer: newer entries, oldest first.')
  after?: string;

  @SeqField({ min: 1, max: PAGE_SIZE, optional: true, description: `Entries; default ${DEFAULT_PAGE_SIZE}.` })
  limit: number = DEFAULT_PAGE_SIZE;
}

/** Entries of every kind, and the cursors to go on with in either direction. */
export class HistoryView {
  @ApiProperty({ type: [EntryView] })
  items: EntryView[];
  @ApiProperty({ type: String, nullable: true, description: 'Null: there is nothing older.' })
  before: string | null;
  @ApiProperty({ type: String, description: 'Where newer entries follow, now or later.' })
  after: string;
}

/** `PUT /conversations/{id}/read`. */
export class MarkReadDto {
  @SeqField({ description: 'Everything up to here is read. Lower than before: no change.' })
  seq: number;
}

/** `PUT /conversations/{id}/mute`. */
export class MuteDto {
  @ApiProperty({ type: Boolean })
  @IsBoolean({ message: '$property must be true or false' })
  muted: boolean;

  @TimeField({
    optional: true,
    description: 'In the future, and only with `muted: true`; left out: until further notice.',
  })
  until?: string | null;
}

/** What the caller hears of a conversation; the same on all devices. */
export class MuteView {
  @ApiProperty({ type: String })
  conversation_id: string;
  @ApiProperty({ type: Boolean })
  muted: boolean;
  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  muted_until: string | null;
}

/** A read mark as it is now. */
export class ReadMark {
  @ApiProperty({ type: 'integer', minimum: 0 })
  read_seq: number;
  @ApiProperty({ type: 'integer', minimum: 0 })
  unread_count: number;
}

/** A read mark with the conversation that it stands in. */
export class ReadMarkView extends ReadMark {
  @ApiProperty({ type: String })
  conversation_id: string;
}
