import { Injectable } from '@nestjs/common';
import type { ConversationView, EntryView, UserView } from '@parley/contracts';
import {
  ConversationDirectory,
  MuteDirectory,
  UserDirectory,
  type ConversationRecord,
  type Mute,
} from '@parley/entities';
import { ConversationStore, type InboxRow, type Membership } from '@parley/message-store';
import { toEntryView, unreadCount, Visibility } from '@parley/reading';
import { Clock } from '@parley/snowflake';
import { userView } from '../users/user-view.js';
import { showMute } from './show-mute.js';

/**
 * Rows of a user's inbox as the user sees them, in the same order. Conversations in which the user is no member (any
 * more) are left out.
 */
@Injectable()
export class DescribeConversations {
  constructor(
    private readonly conversations: ConversationDirectory,
    private readonly users: UserDirectory,
    private readonly store: ConversationStore,
    private readonly mutes: MuteDirectory,
    private readonly clock: Clock,
  ) {}

  async execute(userId: string, rows: readonly InboxRow[]): Promise<ConversationView[]> {
    const records = await this.conversations.findMany(rows.map((row) => row.conversation_id));
    const [peers, mutes] = await Promise.all([
      this.peersOf(userId, [...records.values()]),
      this.mutes.mutesOf(userId, [...records.keys()]),
    ]);
    const views = await Promise.all(
      rows.map(async (row) => {
        const record = records.get(row.conversation_id);
        const known = { peer: peers.get(row.conversation_id) ?? null, mute: mutes.get(row.conversation_id) };
        return record ? this.describe(userId, row, record, known) : null;
      }),
    );
    return views.filter((view) => view !== null);
  }

  private async describe(
    userId: string,
    row: InboxRow,
    record: ConversationRecord,
    { peer, mute }: { peer: UserView | null; mute: Mute | undefined },
  ): Promise<ConversationView | null> {
    const intervals = await this.store.readMembershipsOf(row.conversation_id, userId);
    const present = intervals.at(-1);
    if (!present || present.to_seq !== null) return null;
    return {
      conversation_id: row.conversation_id,
      kind: record.kind,
      title: record.title,
      role: present.role,
      member_count: record.member_count,
      peer,
      created_at: new Date(record.created_at).toISOString(),
      last_activity_at: new Date(row.last_activity_at).toISOString(),
      last_seq: row.last_seq,
      last_message: await this.lastMessage(row, intervals),
      read_seq: row.read_seq,
      delivered_seq: row.delivered_seq,
      unread_count: unreadCount(row),
      ...showMute(mute, this.clock.wallMs()),
    };
  }

  /** Null also where the newest message was sent while the user was no member. */
  private async lastMessage(row: InboxRow, intervals: readonly Membership[]): Promise<EntryView | null> {
    const seq = row.last_message_seq;
    if (!new Visibility(intervals).includes(seq)) return null;
    const range = { from: seq, to: seq, limit: 1, order: 'descending' } as const;
    const [entry] = await this.store.readEntries(row.conversation_id, range);
    return entry ? toEntryView(entry) : null;
  }

  /** The other users of direct conversations, by conversation. */
  private async peersOf(userId: string, records: readonly ConversationRecord[]): Promise<Map<string, UserView>> {
    const peerIds = new Map<string, string>();
    for (const { conversation_id, user_ids } of records) {
      const peerId = user_ids?.find((id) => id !== userId);
      if (peerId !== undefined) peerIds.set(conversation_id, peerId);
    }
    const users = await this.users.findByIds([...new Set(peerIds.values())]);
    const peers = new Map<string, UserView>();
    for (const [conversationId, peerId] of peerIds) {
      const user = users.get(peerId);
      if (user) peers.set(conversationId, userView(user));
    }
    return peers;
  }
}
