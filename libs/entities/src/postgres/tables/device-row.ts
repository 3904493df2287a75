import { Column, Entity, ForeignKey, PrimaryColumn } from 'typeorm';
import { PrimaryIdColumn, TimeColumn } from './columns.js';
import { UserRow } from './user-row.js';

/** A device in its present life. */
@Entity('devices')
export class DeviceRow {
  @ForeignKey(() => UserRow, { name: 'devices_user_id_fkey' })
  @PrimaryIdColumn('devices')
  user_id: string;

  @PrimaryColumn({ type: 'varchar', length: 64, primaryKeyConstraintName: 'devices_pkey' })
  device_id: string;

  @Column({ type: 'uuid' })
  generation: string;

  @Column({ type: 'text', nullable: true })
  name: string | null;

  @Column({ type: 'text', nullable: true })
  platform: string | null;

  @TimeColumn()
  created_at: number;

  @TimeColumn()
  last_seen_at: number;

  @Column({ type: 'varchar', length: 16, nullable: true, select: false })
  push_provider: string | null;

  /** Read by whoever sends notifications, and by nobody else. */
  @Column({ type: 'text', nullable: true, select: false })
  push_token: string | null;
}
