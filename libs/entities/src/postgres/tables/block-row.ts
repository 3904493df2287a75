import { Entity, ForeignKey, Index } from 'typeorm';
import { PrimaryIdColumn, TimeColumn } from './columns.js';
import { UserRow } from './user-row.js';

/** One user blocks another. */
@Entity('blocks')
@Index('blocks_page_idx', ['blocker_id', 'blocked_at', 'blocked_id'])
export class BlockRow {
  @ForeignKey(() => UserRow, { name: 'blocks_blocker_id_fkey' })
  @PrimaryIdColumn('blocks')
  blocker_id: string;

  @ForeignKey(() => UserRow, { name: 'blocks_blocked_id_fkey' })
  @PrimaryIdColumn('blocks')
  blocked_id: string;

  @TimeColumn()
  blocked_at: number;
}
