import { Injectable, Logger } from '@nestjs/common';
import { AuditTrail, type AuditedAttempt } from '@parley/entities';
import { Clock } from '@parley/snowflake';
import { rejectionOf } from '../http/rejection-of.js';

/**
 * A deed with its two lines in the audit trail. The first is durable before the deed begins, and where it cannot be written
 * the deed does not happen; a process that dies over the deed leaves an attempt without an outcome, never a silent deed.
 */
@Injectable()
export class AuditDeeds {
  private readonly logger = new Logger(AuditDeeds.name);

  constructor(
    private readonly trail: AuditTrail,
    private readonly clock: Clock,
  ) {}

  /** Resolves and rejects as `deed` does. */
  async execute<T>(attempt: Omit<AuditedAttempt, 'at'>, deed: () => Promise<T>): Promise<T> {
    const auditId = await this.trail.begin({ ...attempt, at: this.clock.wallMs() });
    try {
      const result = await deed();
      await this.end(auditId, 'done');
      return result;
    } catch (error) {
      await this.end(auditId, rejectionOf(error)?.code ?? 'internal');
      throw error;
    }
  }

  /** The deed is done: that its outcome cannot be written takes nothing back. */
  private async end(auditId: string, outcome: string): Promise<void> {
    await this.trail.end(auditId, outcome, this.clock.wallMs()).catch((error: unknown) => {
      this.logger.warn(`the outcome ${outcome} of audit ${auditId} is not written: ${String(error)}`);
    });
  }
}
