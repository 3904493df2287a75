import { type DataSource, type EntityManager, In } from 'typeorm';
import type { ChangeIds, Decision } from '../conversation-directory.js';
import { fitsBigint } from './bigint-id.js';
import type { Ruling, Standing } from './group-rules.js';
import { ConversationRow, MemberRow } from './tables/conversation-rows.js';

/** A change of a group in three parts: whom it concerns, whether it may be, and how it is stored. */
export interface GroupChange {
  /** A user whose role the rule needs to know. */
  concerns?: string;
  rule: (standing: Standing, group: ConversationRow) => Ruling;
  apply: (manager: EntityManager, group: ConversationRow) => Promise<Decision>;
}

/** Runs one change of a group under the lock of its row: what the rule sees is what `apply` changes. */
export async function changeGroup(dataSource: DataSource, ids: ChangeIds, change: GroupChange): Promise<Decision> {
  const { conversationId: conversation_id, actorId } = ids;
  const concerned = change.concerns ?? actorId;
  if (![conversation_id, concerned].every(fitsBigint)) return { decision: 'refused', code: 'not_found' };
  return dataSource.transaction(async (manager) => {
    const lock = { mode: 'pessimistic_write' as const };
    const group = await manager.findOne(ConversationRow, { where: { conversation_id }, lock });
    const members = await manager.findBy(MemberRow, { conversation_id, user_id: In([actorId, concerned]) });
    const roles = new Map(members.map((member) => [member.user_id, member.role]));
    const actor = roles.get(actorId);
    if (group?.kind !== 'group' || !actor) return { decision: 'refused', code: 'not_found' };
    const standing = { actor, target: roles.get(concerned) ?? null, memberCount: group.member_count };
    const ruling = change.rule(standing, group);
    if (ruling === 'go') return change.apply(manager, group);
    if (ruling === 'unchanged') return { decision: 'unchanged', conversation_id };
    return { decision: 'refused', code: ruling };
  });
}
