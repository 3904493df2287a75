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

  @TimeColumn()
  created_at: number;

  @TimeColumn()
  last_seen_at: number;
}
