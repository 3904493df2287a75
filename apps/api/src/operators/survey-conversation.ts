import { Injectable } from '@nestjs/common';
import { limits, rejected, type ConversationOverviewView, type MemberView, type Rejection } from '@parley/contracts';
import { ConversationDirectory, type ConversationRecord } from '@parley/entities';
import { ConversationStore } from '@parley/message-store';
import { memberView } from '../groups/member-view.js';

/** A conversation as operators see it, deleted groups too: its members and its size, no text and no title. */
@Injectable()
export class SurveyConversation {
  constructor(
    private readonly conversations: ConversationDirectory,
    private readonly store: ConversationStore,
  ) {}

  async execute(conversationId: string): Promise<ConversationOverviewView | Rejection> {
    const record = await this.conversations.find(conversationId);
    if (!record) return rejected('not_found');
    const [members, last_seq] = await Promise.all([this.membersOf(record), this.store.readHead(conversationId)]);
    const range = { from: last_seq, to: last_seq, limit: 1, order: 'ascending' } as const;
    const [head] = last_seq > 0 ? await this.store.readEntries(conversationId, range) : [];
    return {
      conversation_id: conversationId,
      kind: record.kind,
      member_count: record.member_count,
      members,
      created_at: new Date(record.created_at).toISOString(),
      last_seq,
      message_count: head?.n ?? 0,
      last_activity_at: head ? new Date(head.last_activity_at).toISOString() : null,
      fan_out: 'write',
    };
  }

  private async membersOf({ conversation_id }: ConversationRecord): Promise<MemberView[]> {
    const members = await this.conversations.members(conversation_id, { limit: limits.SMALL_GROUP_MEMBERS });
    return members.map(memberView);
  }
}
