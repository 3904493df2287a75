import { Entity, ForeignKey } from 'typeorm';
import { PrimaryIdColumn, TimeColumn } from './columns.js';
import { ConversationRow } from './conversation-rows.js';
import { UserRow } from './user-row.js';

/** A conversation that a user muted; without an end until further notice. */
@Entity('conversation_mutes')
export class MuteRow {
  @ForeignKey(() => UserRow, { name: 'conversation_mutes_user_id_fkey' })
  @PrimaryIdColumn('conversation_mutes')
  user_id: string;

  @ForeignKey(() => ConversationRow, { name: 'conversation_mutes_conversation_id_fkey' })
  @PrimaryIdColumn('conversation_mutes')
  conversation_id: string;

  @TimeColumn({ nullable: true })
  muted_until: number | null;
}
