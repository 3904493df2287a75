import { AuditTrail, type AuditedAttempt, type AuditRecord } from '@parley/entities';

/** What was audited, in a list. */
export class InMemoryAudit extends AuditTrail {
  readonly records: AuditRecord[] = [];
  /** Rejects instead of writing. */
  failure: Error | null = null;

  async begin(attempt: AuditedAttempt): Promise<string> {
    if (this.failure) throw this.failure;
    const audit_id = String(this.records.length + 1);
    this.records.push({ ...attempt, audit_id, outcome: null, ended_at: null });
    return audit_id;
  }

  async end(auditId: string, outcome: string, at: number): Promise<void> {
    if (this.failure) throw this.failure;
    Object.assign(this.records[Number(auditId) - 1], { outcome, ended_at: at });
  }

  async page({ limit, before }: { limit: number; before?: string }): Promise<AuditRecord[]> {
    const below = before === undefined ? this.records.length : Number(before) - 1;
    return this.records.slice(0, below).toReversed().slice(0, limit);
  }
}
