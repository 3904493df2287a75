import type { Change, ConversationKind, Role } from '@parley/contracts';

/** A conversation as administrators see it: what is decided, before it is sequenced. */
export interface ConversationRecord {
  conversation_id: string;
  kind: ConversationKind;
  title: string | null;
  /** Direct conversations: the two users. */
  user_ids: [string, string] | null;
  member_count: number;
  created_at: number;
}

export interface MemberRecord {
  user_id: string;
  role: Role;
  joined_at: number;
}

/** A decided change that waits to be sequenced, named by the id that its entry will carry. */
export interface PendingChange {
  conversation_id: string;
  message_id: string;
}

/** What a change came to: decided now, already so, or refused. */
export type Decision =
  | { decision: 'changed'; change: PendingChange }
  | { decision: 'unchanged'; conversation_id: string }
  | { decision: 'refused'; code: 'not_found' | 'forbidden' | 'conflict' };

/**
 * Conversations and their members in PostgreSQL. Each change locks the conversation's row, checks the actor's rights,
 * takes the next dense `version` and writes an outbox row, all in one transaction. An actor who is not a member, an
 * unknown conversation and (for changes of a group) a direct one answer `not_found` alike; so does a user who does not
 * exist, where one is to become a member.
 */
export abstract class ConversationDirectory {
  /**
   * The direct conversation of two users; `changed` creates it. One conversation per pair, from either side and under
   * concurrency. While its creation is not sequenced yet, `unchanged` may name a conversation whose entry is on its way.
   * With oneself: `conflict`; while either blocks the other: `forbidden`.
   */
  abstract openDirect(change: ChangeIds & { peerId: string }): Promise<Decision>;
  /** The actor becomes owner. `forbidden` where the actor blocks one of the members, or is blocked by one. */
  abstract createGroup(change: ChangeIds & { title: string; memberIds: readonly string[] }): Promise<Decision>;
  /**
   * Owner and admin add, and only the owner with another role than member. `forbidden` also while actor or user blocks the
   * other. `conflict` above `memberLimit` members, and for the role of the owner, which goes to members only. `unchanged`
   * for a member, whatever the role.
   */
  abstract addMember(change: ChangeIds & { userId: string; role?: Role; memberLimit: number }): Promise<Decision>;
  /**
   * The owner gives a member another role. With `owner` the group is handed over in two changes: first, named by
   * `stepBackId`, the actor becomes admin, so that there are never two owners. `conflict` where the owner would be left
   * without a successor, `not_found` for somebody who is not a member, `unchanged` where it is the role already.
   */
  abstract setRole(change: ChangeIds & { userId: string; role: Role; stepBackId: string }): Promise<Decision>;
  /**
   * Oneself is leaving (the owner of a group with other members cannot: `conflict`); the owner removes anybody, an admin
   * plain members. `not_found` for somebody who is not a member.
   */
  abstract removeMember(change: ChangeIds & { userId: string }): Promise<Decision>;
  /** Owner and admin. `unchanged` where it is the title already. */
  abstract rename(change: ChangeIds & { title: string }): Promise<Decision>;
  /** The owner's right. The group has no members afterwards and takes no changes any more. */
  abstract deleteGroup(change: ChangeIds): Promise<Decision>;

  abstract find(conversationId: string): Promise<ConversationRecord | null>;
  abstract findMany(conversationIds: readonly string[]): Promise<Map<string, ConversationRecord>>;
  abstract roleOf(conversationId: string, userId: string): Promise<Role | null>;
  /** Ascending by (joined_at, user_id), from after `after` on. */
  abstract members(
    conversationId: string,
    page: { limit: number; after?: { joined_at: number; user_id: string } },
  ): Promise<MemberRecord[]>;
}

/** Every change brings the ids it needs: a transaction never waits for an id. */
export interface ChangeIds {
  /** The conversation it concerns; for a new one the id it gets if it is created. */
  conversationId: string;
  /** Names the entry. */
  messageId: string;
  actorId: string;
  now: number;
  /** The instance that waits for the verdict. */
  replyTo: { gateway: string; incarnation: string };
}

/** An outbox row: one decided change, published in (conversation, version) order. */
export interface OutboxRow {
  outbox_id: string;
  conversation_id: string;
  version: number;
  message_id: string;
  actor_id: string;
  /** An update entry, or whether either user of a direct conversation blocks the other. */
  change: Change | 'blocked' | 'unblocked';
  conversation_kind: ConversationKind | null;
  members: { user_id: string; role: Role }[] | null;
  user_id: string | null;
  role: Role | null;
  title: string | null;
  reply_to: { gateway: string; incarnation: string };
}

/** The outbox as its one relay reads it. */
export abstract class Outbox {
  /**
   * Makes this process the relay, or not: exactly one process at a time holds the place, and loses it with its database
   * session.
   */
  abstract tryBecomeRelay(): Promise<boolean>;
  /** The oldest unpublished rows, ascending by (conversation, version). Rows of transactions still open are not among them. */
  abstract unpublished(limit: number): Promise<OutboxRow[]>;
  /** Forgets published rows. */
  abstract markPublished(outboxIds: readonly string[]): Promise<void>;
}
