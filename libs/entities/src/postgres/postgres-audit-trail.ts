import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { AuditTrail, type AuditedAttempt, type AuditRecord } from '../audit-trail.js';
import { AuditAttemptRow, AuditOutcomeRow } from './tables/audit-rows.js';

type Columns = Omit<AuditRecord, 'at' | 'ended_at'> & { at: Date; ended_at: Date | null };

/** The trail in `audit_attempts` and `audit_outcomes`, tables that a trigger keeps from being changed. */
@Injectable()
export class PostgresAuditTrail extends AuditTrail {
  constructor(private readonly dataSource: DataSource) {
    super();
  }

  override async begin(attempt: AuditedAttempt): Promise<string> {
    const { identifiers } = await this.dataSource.manager.insert(AuditAttemptRow, attempt);
    return String(identifiers[0].audit_id);
  }

  override async end(audit_id: string, outcome: string, at: number): Promise<void> {
    await this.dataSource.manager.insert(AuditOutcomeRow, { audit_id, outcome, at });
  }

  override async page({ limit, before }: { limit: number; before?: string }): Promise<AuditRecord[]> {
    const rows = await this.dataSource.query<Columns[]>(
      `SELECT a.audit_id, a.actor_id, a.action, a.object, a.request_id, a.address, a.at, o.outcome, o.at AS ended_at
       FROM audit_attempts a LEFT JOIN audit_outcomes o USING (audit_id)
       WHERE $2::bigint IS NULL OR a.audit_id < $2 ORDER BY a.audit_id DESC LIMIT $1`,
      [limit, before ?? null],
    );
    return rows.map((row) => ({ ...row, at: row.at.getTime(), ended_at: row.ended_at?.getTime() ?? null }));
  }
}
