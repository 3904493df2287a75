import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { type BlockDecision, BlockDirectory, type BlockedUser, type BlockIds } from '../block-directory.js';
import { fitsBigint } from './bigint-id.js';
import { isAnyBlocked, lockPair, pairOf } from './blocks-between.js';
import { recordChange } from './record-change.js';
import { BlockRow } from './tables/block-row.js';
import { ConversationRow } from './tables/conversation-rows.js';
import { UserRow } from './tables/user-row.js';

/** Blocks in the table of that name. */
@Injectable()
export class PostgresBlockDirectory extends BlockDirectory {
  constructor(private readonly dataSource: DataSource) {
    super();
  }

  override block(ids: BlockIds): Promise<BlockDecision> {
    const row = { blocker_id: ids.actorId, blocked_id: ids.userId, blocked_at: ids.now };
    return this.change(ids, (manager) =>
      manager.createQueryBuilder().insert().into(BlockRow).values(row).orIgnore().execute(),
    );
  }

  override unblock(ids: BlockIds): Promise<BlockDecision> {
    return this.change(ids, (manager) => manager.delete(BlockRow, { blocker_id: ids.actorId, blocked_id: ids.userId }));
  }

  override async blockedBy(
    userId: string,
    { limit, after }: { limit: number; after?: BlockedUser },
  ): Promise<BlockedUser[]> {
    const page = this.dataSource
      .createQueryBuilder(BlockRow, 'block')
      .where('block.blocker_id = :userId', { userId })
      .orderBy('block.blocked_at')
      .addOrderBy('block.blocked_id')
      .limit(limit);
    if (after) {
      const last = { blockedAt: new Date(after.blocked_at), blockedId: after.user_id };
      page.andWhere('(block.blocked_at, block.blocked_id) > (:blockedAt, :blockedId)', last);
    }
    return (await page.getMany()).map(({ blocked_id, blocked_at }) => ({ user_id: blocked_id, blocked_at }));
  }

  /** Only a change of "either blocks the other" is one of their conversation. */
  private change(ids: BlockIds, write: (manager: EntityManager) => Promise<unknown>): Promise<BlockDecision> {
    const { actorId, userId } = ids;
    return this.dataSource.transaction(async (manager) => {
      const isKnown = fitsBigint(userId) && (await manager.existsBy(UserRow, { user_id: userId }));
      if (!isKnown) return { decision: 'refused', code: 'not_found' };
      const [user_low, user_high] = pairOf(actorId, userId);
      await lockPair(manager, [user_low, user_high]);
      const before = await isAnyBlocked(manager, actorId, [userId]);
      await write(manager);
      const after = await isAnyBlocked(manager, actorId, [userId]);
      const lock = { mode: 'pessimistic_write' as const };
      const direct = await manager.findOne(ConversationRow, { where: { user_low, user_high }, lock });
      if (direct && before !== after) {
        const change = after ? 'blocked' : 'unblocked';
        await recordChange(manager, { ...ids, conversationId: direct.conversation_id }, direct, { change });
      }
      return { decision: 'decided', direct: newestBlockOf(direct) };
    });
  }
}

/** The creation is the first version of a direct conversation, and blocks are its only changes. */
function newestBlockOf(direct: ConversationRow | null) {
  return direct && direct.version > 1 ? { conversation_id: direct.conversation_id, version: direct.version } : null;
}
