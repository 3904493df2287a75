import { Column, Entity, ForeignKey, PrimaryColumn, PrimaryGeneratedColumn } from 'typeorm';
import { IdColumn, TimeColumn } from './columns.js';
import { UserRow } from './user-row.js';

const TextColumn = (options = {}) => Column({ type: 'varchar', length: 200, ...options });

/** What somebody was about to do. Append-only, by a trigger. */
@Entity('audit_attempts')
export class AuditAttemptRow {
  @PrimaryGeneratedColumn('identity', {
    type: 'bigint',
    generatedIdentity: 'ALWAYS',
    primaryKeyConstraintName: 'audit_attempts_pkey',
  })
  audit_id: string;

  @ForeignKey(() => UserRow, { name: 'audit_attempts_actor_id_fkey' })
  @IdColumn({ nullable: true })
  actor_id: string | null;

  @TextColumn()
  action: string;

  @TextColumn({ nullable: true })
  object: string | null;

  @TextColumn({ nullable: true })
  request_id: string | null;

  @TextColumn({ nullable: true })
  address: string | null;

  @TimeColumn()
  at: number;
}

/** What came of an attempt; one without a row was never finished. Append-only, by a trigger. */
@Entity('audit_outcomes')
export class AuditOutcomeRow {
  @ForeignKey(() => AuditAttemptRow, { name: 'audit_outcomes_audit_id_fkey' })
  @PrimaryColumn({ type: 'bigint', primaryKeyConstraintName: 'audit_outcomes_pkey' })
  audit_id: string;

  @TextColumn()
  outcome: string;

  @TimeColumn()
  at: number;
}
