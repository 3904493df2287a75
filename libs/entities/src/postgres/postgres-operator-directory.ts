import { Injectable } from '@nestjs/common';
import { DataSource, IsNull, Not, type EntityManager } from 'typeorm';
import { OperatorDirectory, type Account, type AccountChange, type Login } from '../operator-directory.js';
import type { User } from '../user-directory.js';
import { ADVISORY_LOCKS } from './advisory-locks.js';
import { fitsBigint } from './bigint-id.js';
import { toUser } from './postgres-user-directory.js';
import { DeviceRow } from './tables/device-row.js';
import { UserRow } from './tables/user-row.js';

const MOST_LOGINS = 100;

interface LoginColumns {
  family: string;
  revoked_at: Date | null;
  expires_at: Date;
}

/**
 * Operators and disabled accounts in the table `users`. Every change that may take an operator away holds one lock, so
 * that each sees what the others left.
 */
@Injectable()
export class PostgresOperatorDirectory extends OperatorDirectory {
  constructor(private readonly dataSource: DataSource) {
    super();
  }

  override async isOperator(userId: string): Promise<boolean> {
    if (!fitsBigint(userId)) return false;
    return this.dataSource.manager.existsBy(UserRow, {
      user_id: userId,
      operator_since: Not(IsNull()),
      disabled_at: IsNull(),
    });
  }

  override async operators(): Promise<User[]> {
    const where = { operator_since: Not(IsNull()) };
    return (await this.dataSource.manager.find(UserRow, { where, order: { handle: 'ASC' } })).map(toUser);
  }

  override async account(userId: string): Promise<Account | null> {
    if (!fitsBigint(userId)) return null;
    const { manager } = this.dataSource;
    const row = await manager.findOneBy(UserRow, { user_id: userId });
    if (!row) return null;
    const [logins, devices] = await Promise.all([
      loginsOf(manager, userId),
      manager.find(DeviceRow, { where: { user_id: userId }, order: { last_seen_at: 'DESC' } }),
    ]);
    return {
      user: toUser(row),
      is_operator: row.operator_since !== null,
      disabled_at: row.disabled_at,
      logins,
      devices: devices.map(({ device_id, created_at, last_seen_at }) => ({ device_id, created_at, last_seen_at })),
    };
  }

  override appoint(userId: string, now: number): Promise<AccountChange> {
    return this.set(userId, 'operator_since = coalesce(operator_since, $2)', [new Date(now)]);
  }

  override dismiss(userId: string): Promise<AccountChange> {
    return this.dataSource.transaction(async (manager) => {
      if (await isLastOperator(manager, userId)) return 'last_operator';
      return setAccount(manager, userId, 'operator_since = NULL');
    });
  }

  override disable(userId: string, now: number): Promise<{ families: string[] } | Exclude<AccountChange, 'done'>> {
    return this.dataSource.transaction(async (manager) => {
      if (await isLastOperator(manager, userId)) return 'last_operator';
      // Waits for logins that hold the row, and lets none start after them: the next statement sees them all.
      const set = await setAccount(manager, userId, 'disabled_at = coalesce(disabled_at, $2)', [new Date(now)]);
      if (set !== 'done') return set;
      const [revoked] = await manager.query<[{ family: string }[], number]>(
        'UPDATE token_families SET revoked_at = $2 WHERE user_id = $1 AND revoked_at IS NULL RETURNING family',
        [userId, new Date(now)],
      );
      return { families: revoked.map(({ family }) => family) };
    });
  }

  override enable(userId: string): Promise<AccountChange> {
    return this.set(userId, 'disabled_at = NULL');
  }

  private set(userId: string, assignment: string, values: Date[] = []): Promise<AccountChange> {
    return setAccount(this.dataSource.manager, userId, assignment, values);
  }
}

async function setAccount(
  manager: EntityManager,
  userId: string,
  assignment: string,
  values: Date[] = [],
): Promise<'done' | 'not_found'> {
  if (!fitsBigint(userId)) return 'not_found';
  const [, changed] = await manager.query<[unknown[], number]>(`UPDATE users SET ${assignment} WHERE user_id = $1`, [
    userId,
    ...values,
  ]);
  return changed === 1 ? 'done' : 'not_found';
}

/** Whether nobody else could act as an operator; no such change happens beside this transaction. */
async function isLastOperator(manager: EntityManager, userId: string): Promise<boolean> {
  await manager.query('SELECT pg_advisory_xact_lock($1, $2)', ADVISORY_LOCKS.operators);
  const active = { operator_since: Not(IsNull()), disabled_at: IsNull() };
  const [first, second] = await manager.find(UserRow, { where: active, take: 2 });
  return first?.user_id === userId && second === undefined;
}

async function loginsOf(manager: EntityManager, userId: string): Promise<Login[]> {
  const rows = await manager.query<LoginColumns[]>(
    `SELECT f.family, f.revoked_at, max(t.expires_at) AS expires_at
     FROM token_families f JOIN refresh_tokens t USING (family)
     WHERE f.user_id = $1 GROUP BY f.family ORDER BY expires_at DESC LIMIT $2`,
    [userId, MOST_LOGINS],
  );
  return rows.map(({ family, revoked_at, expires_at }) => ({
    family,
    revoked_at: revoked_at?.getTime() ?? null,
    expires_at: expires_at.getTime(),
  }));
}
