import type { ChangeIds } from './conversation-directory.js';

/** A user who is blocked, and since when (milliseconds since 1970). */
export interface BlockedUser {
  user_id: string;
  blocked_at: number;
}

/** The newest block change of a direct conversation: what has to be in force when a block is answered. */
export interface DirectBlock {
  conversation_id: string;
  version: number;
}

/** `direct` is null where nothing has to come into force: the two have no conversation, or there never was a block. */
export type BlockDecision =
  { decision: 'decided'; direct: DirectBlock | null } | { decision: 'refused'; code: 'not_found' };

/**
 * Who blocks whom. While either of two users blocks the other, `ConversationDirectory` refuses to open their direct
 * conversation, and to put the one into a group for the other. Where they have a direct conversation, each change of
 * "either blocks the other" takes its next `version` and writes an outbox row, in the same transaction. Blocking and
 * opening the conversation are decided one after the other, so that no conversation misses a block.
 */
export abstract class BlockDirectory {
  /** Idempotent. `not_found` for a user who does not exist. */
  abstract block(change: BlockIds): Promise<BlockDecision>;
  /** Idempotent; the block of the other side stays. `not_found` for a user who does not exist. */
  abstract unblock(change: BlockIds): Promise<BlockDecision>;
  /** Whom a user blocks, ascending by (blocked_at, user_id), from after `after` on. */
  abstract blockedBy(userId: string, page: { limit: number; after?: BlockedUser }): Promise<BlockedUser[]>;
}

/** `actorId` blocks `userId`, another user. `messageId` names the record in the log. */
export type BlockIds = Omit<ChangeIds, 'conversationId'> & { userId: string };
