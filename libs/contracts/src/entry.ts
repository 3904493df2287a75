import { ApiProperty } from '@nestjs/swagger';

/** What a message says: text for people, or data for the embedding product. */
export type Content = { type: 'text'; text: string } | { type: 'custom'; data: Record<string, unknown> };

export type EntryKind = 'message' | 'edit' | 'delete' | 'react' | 'update';
export type Role = 'owner' | 'admin' | 'member';
export type ConversationKind = 'direct' | 'group';
export type Change =
  'created' | 'member_joined' | 'member_left' | 'member_removed' | 'role_changed' | 'title_changed' | 'deleted';

const KINDS: readonly EntryKind[] = ['message', 'edit', 'delete', 'react', 'update'];
const ROLES: readonly Role[] = ['owner', 'admin', 'member'];
const CHANGES: readonly Change[] = [
  'created',
  'member_joined',
  'member_left',
  'member_removed',
  'role_changed',
  'title_changed',
  'deleted',
];

/** Who reacted to a message with one emoji. */
export class ReactionView {
  @ApiProperty({ type: String })
  emoji: string;
  @ApiProperty({ type: [String] })
  user_ids: string[];
}

/**
 * One entry of a conversation's sequence as clients see it ("R" in the protocol): live, in a batch and in history alike.
 * Fields of other kinds are absent. `seq` is dense from 1 within the conversation and is THE order; ids only name.
 */
export class EntryView {
  @ApiProperty({ type: String, enum: KINDS })
  kind: EntryKind;
  @ApiProperty({
    type: 'integer',
    minimum: 1,
    example: 2,
    description: 'The order: dense from 1 within the conversation.',
  })
  seq: number;
  @ApiProperty({ type: String })
  message_id: string;
  @ApiProperty({ type: String })
  conversation_id: string;
  /** The author, or for an `update` the actor. */
  @ApiProperty({ type: String, description: 'The author, or for an update the actor.' })
  sender_id: string;
  /** Lower-case UUID of the sender's attempt; null for an `update`. */
  @ApiProperty({ type: String, format: 'uuid', nullable: true, example: '0f9c1d6e-7e0b-4a55-9d2b-0d8f6c1f1a11' })
  client_msg_id: string | null;
  /** RFC 3339 UTC with milliseconds; never falls within a conversation. */
  @ApiProperty({ type: String, format: 'date-time' })
  sent_at: string;

  // kind message (its newest state) and edit
  @ApiProperty({
    type: 'object',
    additionalProperties: true,
    nullable: true,
    selfRequired: false,
    example: { type: 'text', text: 'Hello' },
    description: 'Messages and edits: {type: "text", text} or {type: "custom", data}; null when deleted.',
  })
  content?: Content | null;
  @ApiProperty({ type: String, nullable: true, required: false })
  reply_to?: string | null;
  @ApiProperty({ type: String, nullable: true, required: false })
  thread_id?: string | null;
  @ApiProperty({ type: [String], required: false })
  mentions?: string[];
  @ApiProperty({ type: String, format: 'date-time', nullable: true, required: false })
  edited_at?: string | null;
  @ApiProperty({ type: String, format: 'date-time', nullable: true, required: false })
  deleted_at?: string | null;
  @ApiProperty({ type: [ReactionView], required: false })
  reactions?: ReactionView[];

  // kind edit, delete, react
  @ApiProperty({ type: String, required: false, description: 'The message that an edit, delete or react is about.' })
  target_id?: string;
  @ApiProperty({ type: String, required: false })
  emoji?: string;
  @ApiProperty({ type: String, enum: ['add', 'remove'], required: false })
  op?: 'add' | 'remove';

  // kind update
  @ApiProperty({ type: String, enum: CHANGES, required: false })
  change?: Change;
  @ApiProperty({ type: [String], required: false, description: 'With created: the members.' })
  user_ids?: string[];
  @ApiProperty({ type: String, required: false, description: 'Whom a change of membership or role concerns.' })
  user_id?: string;
  @ApiProperty({ type: String, enum: ROLES, required: false })
  role?: Role;
  @ApiProperty({ type: String, required: false })
  title?: string;
}

/** The live event that carries each kind. */
export const LIVE_EVENT = {
  message: 'message:new',
  edit: 'message:edit',
  delete: 'message:delete',
  react: 'message:react',
  update: 'conversation:updated',
} as const satisfies Record<EntryKind, string>;
