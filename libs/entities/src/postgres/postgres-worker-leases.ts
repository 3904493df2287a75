import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { LEASE_TTL_MS, type WorkerLease, WorkerLeases, WORKERS } from '@parley/snowflake';
import { DataSource } from 'typeorm';

const CALL_TIMEOUT_MS = 10_000;

/** Worker-id leases in the table `worker_leases`, by the clock of the database. */
@Injectable()
export class PostgresWorkerLeases extends WorkerLeases {
  constructor(private readonly dataSource: DataSource) {
    super();
  }

  override acquire(holder: string): Promise<WorkerLease | undefined> {
    return withinDeadline(
      this.dataSource.transaction(async (manager) => {
        // Two that ask at once must not find the same id free; renewals wait for a moment as well.
        await manager.query('LOCK TABLE worker_leases IN SHARE ROW EXCLUSIVE MODE');
        const token = randomUUID();
        const rows = await manager.query<{ worker_id: number; last_time_ms: string }[]>(
          `INSERT INTO worker_leases AS held (worker_id, token, holder, expires_at, last_time_ms)
           SELECT id, $1, $2, clock_timestamp() + $3 * interval '1 millisecond', 0
           FROM generate_series(0, $4::int) AS id LEFT JOIN worker_leases ON worker_id = id
           WHERE token IS NULL OR expires_at <= clock_timestamp()
           ORDER BY id LIMIT 1
           ON CONFLICT (worker_id) DO UPDATE SET token = excluded.token, holder = excluded.holder, expires_at = excluded.expires_at
           RETURNING worker_id, last_time_ms`,
          [token, holder, LEASE_TTL_MS, WORKERS - 1],
        );
        const row = rows[0];
        return row && { workerId: row.worker_id, token, ttlMs: LEASE_TTL_MS, lastTimeMs: Number(row.last_time_ms) };
      }),
    );
  }

  override async renew(lease: WorkerLease, lastTimeMs: number): Promise<'renewed' | 'lost'> {
    const changed = await this.change(
      `UPDATE worker_leases
       SET expires_at = clock_timestamp() + $4 * interval '1 millisecond', last_time_ms = greatest(last_time_ms, $3)
       WHERE worker_id = $1 AND token = $2`,
      [lease.workerId, lease.token, lastTimeMs, LEASE_TTL_MS],
    );
    return changed === 1 ? 'renewed' : 'lost';
  }

  override async release(lease: WorkerLease, lastTimeMs: number): Promise<void> {
    await this.change('UPDATE worker_leases SET token = NULL, last_time_ms = $3 WHERE worker_id = $1 AND token = $2', [
      lease.workerId,
      lease.token,
      lastTimeMs,
    ]);
  }

  /** Resolves to the number of rows changed. */
  private async change(sql: string, parameters: unknown[]): Promise<number> {
    const [, changed] = await withinDeadline(this.dataSource.query<[unknown[], number]>(sql, parameters));
    return changed;
  }
}

/** The database's own limits do not cover one that has stopped answering. */
async function withinDeadline<T>(call: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(
      () => reject(new Error(`No answer from PostgreSQL in ${CALL_TIMEOUT_MS / 1000} s`)),
      CALL_TIMEOUT_MS,
    );
  });
  try {
    return await Promise.race([call, late]);
  } finally {
    clearTimeout(timer);
  }
}
