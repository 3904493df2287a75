import type { ChangeIds, ConversationDirectory, Decision } from '../conversation-directory.js';

export const NOW = Date.UTC(2026, 0, 1, 12, 0, 0, 1);
export const REPLY_TO = { gateway: 'api-1', incarnation: 'first' };

let ids = 0;

/** A new id, higher than those before it. */
export function nextId(): string {
  ids += 1;
  return String(9_000_000_000_000_000n + BigInt(ids));
}

/** The ids of a change by `actorId`; without `conversationId` of a new conversation. */
export function change(actorId: string, more: Partial<ChangeIds> = {}): ChangeIds {
  return { conversationId: nextId(), messageId: nextId(), actorId, now: NOW, replyTo: REPLY_TO, ...more };
}

/** The conversation that a decision is about. */
export function conversationOf(decision: Decision): string {
  if (decision.decision === 'refused') throw new Error(`Refused: ${decision.code}`);
  return decision.decision === 'changed' ? decision.change.conversation_id : decision.conversation_id;
}

/** A new group of `owner` with these members; resolves to its id. */
export async function group(
  directory: ConversationDirectory,
  owner: string,
  memberIds: readonly string[],
  title = 'Climbers',
): Promise<string> {
  return conversationOf(await directory.createGroup({ ...change(owner), title, memberIds }));
}
