import type { EntityManager } from 'typeorm';
import type { ChangeIds, Decision } from '../conversation-directory.js';
import { ConversationRow, MemberRow, OutboxEntryRow } from './tables/conversation-rows.js';

/** What an outbox row says beyond its ids and its version. */
export type ChangeDetails = Pick<OutboxEntryRow, 'change'> &
  Partial<Pick<OutboxEntryRow, 'conversation_kind' | 'members' | 'user_id' | 'role' | 'title'>>;

type NewConversation = Pick<ConversationRow, 'kind' | 'title' | 'user_low' | 'user_high'>;
type Members = NonNullable<OutboxEntryRow['members']>;

/**
 * Stores a new conversation with its members and the outbox row of its creation, version 1. False, and nothing is
 * stored, where the two users of a direct one have a conversation.
 */
export async function recordCreation(
  manager: EntityManager,
  ids: ChangeIds,
  conversation: NewConversation,
  members: Members,
): Promise<boolean> {
  const { kind, title, user_low, user_high } = conversation;
  const inserted = await manager.query<unknown[]>(
    `INSERT INTO conversations (conversation_id, kind, title, user_low, user_high, version, member_count, created_at)
     VALUES ($1, $2, $3, $4, $5, 1, $6, $7) ON CONFLICT (user_low, user_high) DO NOTHING RETURNING conversation_id`,
    [ids.conversationId, kind, title, user_low, user_high, members.length, new Date(ids.now)],
  );
  if (inserted.length === 0) return false;
  const { conversationId: conversation_id, now: joined_at } = ids;
  await manager.insert(
    MemberRow,
    members.map((member) => ({ conversation_id, ...member, joined_at })),
  );
  await addToOutbox(manager, ids, 1, { change: 'created', conversation_kind: kind, members, title });
  return true;
}

/**
 * Takes the next version of a conversation whose row is locked, and writes the outbox row. `conversation` has that version
 * then, so that another change may follow.
 * @param set what else changes in the conversation's row.
 */
export async function recordChange(
  manager: EntityManager,
  ids: ChangeIds,
  conversation: ConversationRow,
  details: ChangeDetails,
  set: Partial<Pick<ConversationRow, 'title' | 'member_count'>> = {},
): Promise<Decision> {
  const version = conversation.version + 1;
  await manager.update(ConversationRow, { conversation_id: ids.conversationId }, { version, ...set });
  conversation.version = version;
  await addToOutbox(manager, ids, version, details);
  return changed(ids);
}

export function changed({ conversationId, messageId }: ChangeIds): Decision {
  return { decision: 'changed', change: { conversation_id: conversationId, message_id: messageId } };
}

async function addToOutbox(
  manager: EntityManager,
  ids: ChangeIds,
  version: number,
  details: ChangeDetails,
): Promise<void> {
  await manager.insert(OutboxEntryRow, {
    conversation_id: ids.conversationId,
    version,
    message_id: ids.messageId,
    actor_id: ids.actorId,
    reply_to: { gateway: ids.replyTo.gateway, incarnation: ids.replyTo.incarnation },
    ...details,
  });
}
