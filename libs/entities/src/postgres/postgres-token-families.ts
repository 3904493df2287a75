import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { type Rotation, TokenFamilies } from '../token-families.js';
import { RefreshTokenRow, TokenFamilyRow } from './tables/token-rows.js';

interface LockedToken {
  family: string;
  user_id: string;
  revoked_at: Date | null;
  expires_at: Date;
  used_at: Date | null;
}

/** Refresh tokens in `token_families` and `refresh_tokens`; a family's row is locked while one of its tokens is used. */
@Injectable()
export class PostgresTokenFamilies extends TokenFamilies {
  constructor(private readonly dataSource: DataSource) {
    super();
  }

  override async start(start: {
    family: string;
    userId: string;
    tokenDigest: string;
    expiresAt: number;
  }): Promise<boolean> {
    const { family, userId, tokenDigest, expiresAt } = start;
    return this.dataSource.transaction(async (manager) => {
      if (!(await mayStart(manager, userId))) return false;
      await manager.insert(TokenFamilyRow, { family, user_id: userId });
      await manager.insert(RefreshTokenRow, { family, token_digest: tokenDigest, expires_at: expiresAt });
      return true;
    });
  }

  override rotate(use: { tokenDigest: string; nextDigest: string; expiresAt: number; now: number }): Promise<Rotation> {
    const { tokenDigest, nextDigest, expiresAt, now } = use;
    return this.dataSource.transaction(async (manager): Promise<Rotation> => {
      const token = await lock(manager, tokenDigest);
      if (!token) return { outcome: 'unknown' };
      const { family } = token;
      if (token.used_at) {
        await revoke(manager, family);
        return { outcome: 'reused', family };
      }
      if (token.revoked_at || token.expires_at.getTime() <= now) return { outcome: 'unknown' };
      await manager.update(RefreshTokenRow, { token_digest: tokenDigest }, { used_at: now });
      await manager.insert(RefreshTokenRow, { family, token_digest: nextDigest, expires_at: expiresAt });
      return { outcome: 'rotated', userId: token.user_id, family };
    });
  }

  override async revokeByToken(tokenDigest: string): Promise<string | null> {
    const token = await this.dataSource.manager.findOneBy(RefreshTokenRow, { token_digest: tokenDigest });
    if (!token) return null;
    await revoke(this.dataSource.manager, token.family);
    return token.family;
  }

  override async isRevoked(family: string): Promise<boolean> {
    const row = await this.dataSource.manager.findOneBy(TokenFamilyRow, { family });
    return row === null || row.revoked_at !== null;
  }

  override async revokedAmong(families: readonly string[]): Promise<Set<string>> {
    const rows = await this.dataSource.query<{ family: string }[]>(
      'SELECT family FROM token_families WHERE family = ANY($1) AND revoked_at IS NULL',
      [families],
    );
    const live = new Set(rows.map(({ family }) => family));
    return new Set(families.filter((family) => !live.has(family)));
  }
}

/**
 * Holds the account's row until the login stands: whoever disables the account waits for that, and revokes the login then.
 */
async function mayStart(manager: EntityManager, userId: string): Promise<boolean> {
  const rows = await manager.query<{ disabled_at: Date | null }[]>(
    'SELECT disabled_at FROM users WHERE user_id = $1 FOR SHARE',
    [userId],
  );
  return rows.length === 1 && rows[0].disabled_at === null;
}

/** A statement that waited for the lock sees both rows as the one before it left them (EvalPlanQual). */
async function lock(manager: EntityManager, tokenDigest: string): Promise<LockedToken | undefined> {
  const rows = await manager.query<LockedToken[]>(
    `SELECT family, f.user_id, f.revoked_at, t.expires_at, t.used_at
     FROM refresh_tokens t JOIN token_families f USING (family)
     WHERE t.token_digest = $1 FOR UPDATE`,
    [tokenDigest],
  );
  return rows[0];
}

/** The first revocation's time stays. */
async function revoke(manager: EntityManager, family: string): Promise<void> {
  await manager.query('UPDATE token_families SET revoked_at = now() WHERE family = $1 AND revoked_at IS NULL', [
    family,
  ]);
}
