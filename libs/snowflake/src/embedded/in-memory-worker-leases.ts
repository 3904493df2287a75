import { randomUUID } from 'node:crypto';
import type { Clock } from '../clock.js';
import { WORKERS } from '../snowflake-id.js';
import { LEASE_TTL_MS, type WorkerLease, WorkerLeases } from '../worker-lease.js';

interface Row {
  /** Absent when the worker id was released. */
  token?: string;
  expiresAtMs: number;
  lastTimeMs: number;
}

/**
 * Worker-id leases of one process, for tests and single-process experiments. It forgets all on exit, the stored times
 * included: what gives ids that outlive the process needs leases that do.
 */
export class InMemoryWorkerLeases extends WorkerLeases {
  private readonly rows: Row[] = [];

  /** @param clock stands for the clock of a store; its monotonic side counts. */
  constructor(private readonly clock: Clock) {
    super();
  }

  override acquire(_holder: string): Promise<WorkerLease | undefined> {
    const nowMs = this.clock.monotonicMs();
    for (let workerId = 0; workerId < WORKERS; workerId += 1) {
      const row = (this.rows[workerId] ??= { expiresAtMs: 0, lastTimeMs: 0 });
      if (row.token !== undefined && nowMs < row.expiresAtMs) continue;
      row.token = randomUUID();
      row.expiresAtMs = nowMs + LEASE_TTL_MS;
      return Promise.resolve({ workerId, token: row.token, ttlMs: LEASE_TTL_MS, lastTimeMs: row.lastTimeMs });
    }
    return Promise.resolve(undefined);
  }

  override renew(lease: WorkerLease, lastTimeMs: number): Promise<'renewed' | 'lost'> {
    const row = this.rowOf(lease);
    if (!row) return Promise.resolve('lost');
    row.expiresAtMs = this.clock.monotonicMs() + LEASE_TTL_MS;
    row.lastTimeMs = Math.max(row.lastTimeMs, lastTimeMs);
    return Promise.resolve('renewed');
  }

  override release(lease: WorkerLease, lastTimeMs: number): Promise<void> {
    const row = this.rowOf(lease);
    if (row) {
      row.token = undefined;
      row.lastTimeMs = lastTimeMs;
    }
    return Promise.resolve();
  }

  private rowOf(lease: WorkerLease): Row | undefined {
    const row = this.rows.at(lease.workerId);
    return row?.token === lease.token ? row : undefined;
  }
}
