import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A worker id that was leased at least once. */
@Entity('worker_leases')
export class WorkerLeaseRow {
  @PrimaryColumn({ type: 'smallint', primaryKeyConstraintName: 'worker_leases_pkey' })
  worker_id: number;

  /** Null: released. */
  @Column({ type: 'uuid', nullable: true })
  token: string | null;

  @Column({ type: 'text' })
  holder: string;

  /** By the database's clock. */
  @Column({ type: 'timestamp with time zone' })
  expires_at: Date;

  /** Milliseconds since 1970. */
  @Column({ type: 'bigint' })
  last_time_ms: string;
}
