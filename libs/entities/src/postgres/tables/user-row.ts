import { Column, Entity, Index, Unique } from 'typeorm';
import { PrimaryIdColumn, TimeColumn } from './columns.js';

/** An account with its password's hash, which never leaves this library but by `findCredentials`. */
@Entity('users')
@Unique('users_handle_key', ['handle'])
@Index('users_operators_idx', ['user_id'], { where: 'operator_since IS NOT NULL' })
export class UserRow {
  @PrimaryIdColumn('users')
  user_id: string;

  /** Lower case. */
  @Column({ type: 'varchar', length: 32 })
  handle: string;

  @Column({ type: 'text' })
  password_hash: string;

  @Column({ type: 'text', nullable: true })
  display_name: string | null;

  @Column({ type: 'text', nullable: true })
  avatar_url: string | null;

  @TimeColumn()
  created_at: number;

  /** Null: no operator. */
  @TimeColumn({ nullable: true })
  operator_since: number | null;

  /** Null: in use. */
  @TimeColumn({ nullable: true })
  disabled_at: number | null;
}
