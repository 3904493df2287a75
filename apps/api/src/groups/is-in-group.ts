import type { ConversationDirectory } from '@parley/entities';

/** Whether the user is in this group at present. A direct conversation is none. */
export async function isInGroup(
  conversations: ConversationDirectory,
  groupId: string,
  userId: string,
): Promise<boolean> {
  const [conversation, role] = await Promise.all([conversations.find(groupId), conversations.roleOf(groupId, userId)]);
  return conversation?.kind === 'group' && role !== null;
}
