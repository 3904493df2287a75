import { Injectable } from '@nestjs/common';
import type { Role } from '@parley/contracts';
import { DataSource, type EntityManager, In } from 'typeorm';
import {
  type ChangeIds,
  ConversationDirectory,
  type ConversationRecord,
  type Decision,
  type MemberRecord,
} from '../conversation-directory.js';
import { fitsBigint } from './bigint-id.js';
import { isAnyBlocked, lockPair, pairOf } from './blocks-between.js';
import {
  ruleOnAdding,
  ruleOnDeleting,
  ruleOnLeaving,
  ruleOnRemoving,
  ruleOnRenaming,
  ruleOnRole,
} from './group-rules.js';
import { changeGroup } from './change-group.js';
import { changed, recordChange, recordCreation } from './record-change.js';
import { ConversationRow, MemberRow } from './tables/conversation-rows.js';
import { UserRow } from './tables/user-row.js';

const NOT_FOUND: Decision = { decision: 'refused', code: 'not_found' };
const FORBIDDEN: Decision = { decision: 'refused', code: 'forbidden' };

/** Conversations in the tables `conversations`, `conversation_members` and `outbox`. */
@Injectable()
export class PostgresConversationDirectory extends ConversationDirectory {
  constructor(private readonly dataSource: DataSource) {
    super();
  }

  override openDirect(ids: ChangeIds & { peerId: string }): Promise<Decision> {
    const { actorId, peerId } = ids;
    if (actorId === peerId) return Promise.resolve({ decision: 'refused', code: 'conflict' });
    return this.dataSource.transaction(async (manager) => {
      if (!(await allExist(manager, [actorId, peerId]))) return NOT_FOUND;
      const [user_low, user_high] = pairOf(actorId, peerId);
      await lockPair(manager, [user_low, user_high]);
      if (await isAnyBlocked(manager, actorId, [peerId])) return FORBIDDEN;
      const members = [actorId, peerId].map((user_id) => ({ user_id, role: 'member' as const }));
      const conversation = { kind: 'direct' as const, title: null, user_low, user_high };
      if (await recordCreation(manager, ids, conversation, members)) return changed(ids);
      // Whoever was first has committed by now: the lock waited for it.
      const present = await manager.findOneByOrFail(ConversationRow, { user_low, user_high });
      return { decision: 'unchanged', conversation_id: present.conversation_id };
    });
  }

  override createGroup(ids: ChangeIds & { title: string; memberIds: readonly string[] }): Promise<Decision> {
    const others = [...new Set(ids.memberIds)].filter((userId) => userId !== ids.actorId);
    return this.dataSource.transaction(async (manager) => {
      if (!(await allExist(manager, [ids.actorId, ...others]))) return NOT_FOUND;
      if (await isAnyBlocked(manager, ids.actorId, others)) return FORBIDDEN;
      const members: { user_id: string; role: Role }[] = [{ user_id: ids.actorId, role: 'owner' }];
      members.push(...others.map((user_id) => ({ user_id, role: 'member' as const })));
      const conversation = { kind: 'group' as const, title: ids.title, user_low: null, user_high: null };
      await recordCreation(manager, ids, conversation, members);
      return changed(ids);
    });
  }

  override addMember(ids: ChangeIds & { userId: string; role?: Role; memberLimit: number }): Promise<Decision> {
    const { role = 'member' } = ids;
    return changeGroup(this.dataSource, ids, {
      concerns: ids.userId,
      rule: (standing) => ruleOnAdding(standing, role, ids.memberLimit),
      apply: async (manager, group) => {
        if (!(await allExist(manager, [ids.userId]))) return NOT_FOUND;
        if (await isAnyBlocked(manager, ids.actorId, [ids.userId])) return FORBIDDEN;
        const { conversationId: conversation_id, userId: user_id, now: joined_at } = ids;
        await manager.insert(MemberRow, { conversation_id, user_id, role, joined_at });
        const details = { change: 'member_joined', user_id, role } as const;
        return recordChange(manager, ids, group, details, { member_count: group.member_count + 1 });
      },
    });
  }

  override setRole(ids: ChangeIds & { userId: string; role: Role; stepBackId: string }): Promise<Decision> {
    const { userId, role, actorId, stepBackId } = ids;
    return changeGroup(this.dataSource, ids, {
      concerns: userId,
      rule: (standing) => ruleOnRole(standing, role),
      apply: async (manager, group) => {
        if (role === 'owner') await changeRole(manager, { ...ids, messageId: stepBackId }, group, actorId, 'admin');
        return changeRole(manager, ids, group, userId, role);
      },
    });
  }

  override removeMember(ids: ChangeIds & { userId: string }): Promise<Decision> {
    const leaving = ids.userId === ids.actorId;
    return changeGroup(this.dataSource, ids, {
      concerns: ids.userId,
      rule: leaving ? ruleOnLeaving : ruleOnRemoving,
      apply: async (manager, group) => {
        await manager.delete(MemberRow, { conversation_id: ids.conversationId, user_id: ids.userId });
        const details = { change: leaving ? 'member_left' : 'member_removed', user_id: ids.userId } as const;
        return recordChange(manager, ids, group, details, { member_count: group.member_count - 1 });
      },
    });
  }

  override rename(ids: ChangeIds & { title: string }): Promise<Decision> {
    const { title } = ids;
    return changeGroup(this.dataSource, ids, {
      rule: (standing, group) => ruleOnRenaming(standing, group.title, title),
      apply: (manager, group) => recordChange(manager, ids, group, { change: 'title_changed', title }, { title }),
    });
  }

  override deleteGroup(ids: ChangeIds): Promise<Decision> {
    return changeGroup(this.dataSource, ids, {
      rule: ruleOnDeleting,
      apply: async (manager, group) => {
        await manager.delete(MemberRow, { conversation_id: ids.conversationId });
        return recordChange(manager, ids, group, { change: 'deleted' }, { member_count: 0 });
      },
    });
  }

  override async find(conversationId: string): Promise<ConversationRecord | null> {
    return (await this.findMany([conversationId])).get(conversationId) ?? null;
  }

  override async findMany(conversationIds: readonly string[]): Promise<Map<string, ConversationRecord>> {
    const conversation_id = In(conversationIds.filter(fitsBigint));
    const rows = await this.dataSource.manager.findBy(ConversationRow, { conversation_id });
    return new Map(rows.map((row) => [row.conversation_id, toRecord(row)]));
  }

  override async roleOf(conversationId: string, userId: string): Promise<Role | null> {
    if (!fitsBigint(conversationId) || !fitsBigint(userId)) return null;
    const where = { conversation_id: conversationId, user_id: userId };
    return (await this.dataSource.manager.findOneBy(MemberRow, where))?.role ?? null;
  }

  override async members(
    conversationId: string,
    { limit, after }: { limit: number; after?: { joined_at: number; user_id: string } },
  ): Promise<MemberRecord[]> {
    if (!fitsBigint(conversationId)) return [];
    const page = this.dataSource
      .createQueryBuilder(MemberRow, 'member')
      .where('member.conversation_id = :conversationId', { conversationId })
      .orderBy('member.joined_at')
      .addOrderBy('member.user_id')
      .limit(limit);
    if (after) {
      const last = { joinedAt: new Date(after.joined_at), userId: after.user_id };
      page.andWhere('(member.joined_at, member.user_id) > (:joinedAt, :userId)', last);
    }
    return (await page.getMany()).map(({ user_id, role, joined_at }) => ({ user_id, role, joined_at }));
  }
}

async function allExist(manager: EntityManager, userIds: string[]): Promise<boolean> {
  if (!userIds.every(fitsBigint)) return false;
  return (await manager.countBy(UserRow, { user_id: In(userIds) })) === userIds.length;
}

async function changeRole(
  manager: EntityManager,
  ids: ChangeIds,
  group: ConversationRow,
  user_id: string,
  role: Role,
): Promise<Decision> {
  await manager.update(MemberRow, { conversation_id: ids.conversationId, user_id }, { role });
  return recordChange(manager, ids, group, { change: 'role_changed', user_id, role });
}

function toRecord(row: ConversationRow): ConversationRecord {
  const { conversation_id, kind, title, user_low, user_high, member_count, created_at } = row;
  const user_ids: [string, string] | null = user_low && user_high ? [user_low, user_high] : null;
  return { conversation_id, kind, title, user_ids, member_count, created_at };
}
