/** Who is about to do what. Texts hold at most 200 characters. Times are milliseconds since 1970. */
export interface AuditedAttempt {
  /** A user; null for a command on the machine of the database. */
  actor_id: string | null;
  /** For example `PUT /api/v1/admin/users/:user_id/disabled`. */
  action: string;
  /** An id or a handle, null where the action has none. */
  object: string | null;
  request_id: string | null;
  /** Of the caller on the network. */
  address: string | null;
  at: number;
}

/** An attempt and what came of it. */
export interface AuditRecord extends AuditedAttempt {
  /** Rises in the order in which attempts were written down. */
  audit_id: string;
  /** `done` or the code of a refusal; null while it is under way, and for ever where the process died over it. */
  outcome: string | null;
  ended_at: number | null;
}

/**
 * What operators did. Rows are added and never changed or removed, by the database's own rule. A write that resolved is
 * durable.
 */
export abstract class AuditTrail {
  /** Before the deed: resolves to the attempt's `audit_id`. */
  abstract begin(attempt: AuditedAttempt): Promise<string>;
  /** After it. `auditId` is one that `begin` gave; a second outcome of the same attempt rejects. */
  abstract end(auditId: string, outcome: string, at: number): Promise<void>;
  /** The newest first, at most `limit`, below `before` where it is given. */
  abstract page(page: { limit: number; before?: string }): Promise<AuditRecord[]>;
}
