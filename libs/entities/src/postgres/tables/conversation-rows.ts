import type { ConversationKind, Role } from '@parley/contracts';
import { Check, Column, Entity, ForeignKey, Index, PrimaryGeneratedColumn, Unique } from 'typeorm';
import type { OutboxRow } from '../../conversation-directory.js';
import { IdColumn, PrimaryIdColumn, TimeColumn } from './columns.js';
import { UserRow } from './user-row.js';

/** A conversation as administrators see it. Its row is the lock under which it changes. */
@Entity('conversations')
@Unique('conversations_users_key', ['user_low', 'user_high'])
@Check('conversations_users_check', '(user_low < user_high)')
export class ConversationRow {
  @PrimaryIdColumn('conversations')
  conversation_id: string;

  @Column({ type: 'varchar', length: 16 })
  kind: ConversationKind;

  @Column({ type: 'text', nullable: true })
  title: string | null;

  /** Direct conversations: the two users, the lower id first, so that a pair has one row. */
  @ForeignKey(() => UserRow, { name: 'conversations_user_low_fkey' })
  @IdColumn({ nullable: true })
  user_low: string | null;

  @ForeignKey(() => UserRow, { name: 'conversations_user_high_fkey' })
  @IdColumn({ nullable: true })
  user_high: string | null;

  /** Changes decided so far; the creation is the first. */
  @Column({ type: 'integer' })
  version: number;

  @Column({ type: 'integer' })
  member_count: number;

  @TimeColumn()
  created_at: number;
}

/** A present member. */
@Entity('conversation_members')
@Index('conversation_members_page_idx', ['conversation_id', 'joined_at', 'user_id'])
@Index('conversation_members_user_idx', ['user_id', 'conversation_id'])
export class MemberRow {
  @ForeignKey(() => ConversationRow, { name: 'conversation_members_conversation_id_fkey' })
  @PrimaryIdColumn('conversation_members')
  conversation_id: string;

  @ForeignKey(() => UserRow, { name: 'conversation_members_user_id_fkey' })
  @PrimaryIdColumn('conversation_members')
  user_id: string;

  @Column({ type: 'varchar', length: 16 })
  role: Role;

  @TimeColumn()
  joined_at: number;
}

/** A decided change that is not published yet. Of one conversation, a later version has a higher id. */
@Entity('outbox')
@Unique('outbox_version_key', ['conversation_id', 'version'])
export class OutboxEntryRow {
  @PrimaryGeneratedColumn('identity', {
    type: 'bigint',
    generatedIdentity: 'ALWAYS',
    primaryKeyConstraintName: 'outbox_pkey',
  })
  outbox_id: string;

  @IdColumn()
  conversation_id: string;

  @Column({ type: 'integer' })
  version: number;

  @IdColumn()
  message_id: string;

  @IdColumn()
  actor_id: string;

  @Column({ type: 'varchar', length: 32 })
  change: OutboxRow['change'];

  @Column({ type: 'varchar', length: 16, nullable: true })
  conversation_kind: ConversationKind | null;

  @Column({ type: 'jsonb', nullable: true })
  members: { user_id: string; role: Role }[] | null;

  @IdColumn({ nullable: true })
  user_id: string | null;

  @Column({ type: 'varchar', length: 16, nullable: true })
  role: Role | null;

  @Column({ type: 'text', nullable: true })
  title: string | null;

  @Column({ type: 'jsonb' })
  reply_to: { gateway: string; incarnation: string };
}
