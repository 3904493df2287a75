import type { EntityManager } from 'typeorm';
import { BlockRow } from './tables/block-row.js';

/** Whether `userId` blocks one of the others, or one of them blocks `userId`. All ids fit a bigint. */
export async function isAnyBlocked(
  manager: EntityManager,
  userId: string,
  others: readonly string[],
): Promise<boolean> {
  return manager
    .createQueryBuilder(BlockRow, 'block')
    .where('block.blocker_id = :userId AND block.blocked_id = ANY(:others)', { userId, others })
    .orWhere('block.blocked_id = :userId AND block.blocker_id = ANY(:others)', { userId, others })
    .getExists();
}

/**
 * Until the transaction ends, nobody else decides about these two users: their blocks, or whether they have a direct
 * conversation. There need not be a row yet to lock.
 */
export async function lockPair(manager: EntityManager, [low, high]: readonly [string, string]): Promise<void> {
  await manager.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [`${low}/${high}`]);
}

/** The two users of a direct conversation, the lower id first. */
export function pairOf(one: string, other: string): [string, string] {
  return BigInt(one) < BigInt(other) ? [one, other] : [other, one];
}
