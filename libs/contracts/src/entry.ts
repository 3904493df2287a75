/** What a message says: text for people, or data for the embedding product. */
export type Content = { type: 'text'; text: string } | { type: 'custom'; data: Record<string, unknown> };

export type EntryKind = 'message' | 'edit' | 'delete' | 'react' | 'update';
export type Role = 'owner' | 'admin' | 'member';
export type ConversationKind = 'direct' | 'group';
export type Change =
  | 'created'
  | 'member_joined'
  | 'member_left'
  | 'member_removed'
  | 'role_changed'
  | 'title_changed'
  | 'deleted';

/**
 * One entry of a conversation's sequence as clients see it ("R" in the protocol): live, in a batch and in history alike.
 * Fields of other kinds are absent. `seq` is dense from 1 within the conversation and is THE order; ids only name.
 */
export interface EntryView {
  kind: EntryKind;
  seq: number;
  message_id: string;
  conversation_id: string;
  /** The author, or for an `update` the actor. */
  sender_id: string;
  /** Lower-case UUID of the sender's attempt; null for an `update`. */
  client_msg_id: string | null;
  /** RFC 3339 UTC with milliseconds; never falls within a conversation. */
  sent_at: string;

  // kind message (its newest state) and edit
  content?: Content | null;
  reply_to?: string | null;
  thread_id?: string | null;
  mentions?: string[];
  edited_at?: string | null;
  deleted_at?: string | null;
  reactions?: { emoji: string; user_ids: string[] }[];

  // kind edit, delete, react
  target_id?: string;
  emoji?: string;
  op?: 'add' | 'remove';

  // kind update
  change?: Change;
  user_ids?: string[];
  user_id?: string;
  role?: Role;
  title?: string;
}

/** The live event that carries each kind. */
export const LIVE_EVENT = {
  message: 'message:new',
  edit: 'message:edit',
  delete: 'message:delete',
  react: 'message:react',
  update: 'conversation:updated',
} as const satisfies Record<EntryKind, string>;
