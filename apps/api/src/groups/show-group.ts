import { Injectable } from '@nestjs/common';
import { limits, rejected, type GroupView, type Rejection } from '@parley/contracts';
import { ConversationDirectory } from '@parley/entities';
import { ShowConversation } from '../conversations/show-conversation.js';
import { isInGroup } from './is-in-group.js';
import { memberView } from './member-view.js';

/** A group as its member sees it ("G" in the protocol): the conversation and its first members. */
@Injectable()
export class ShowGroup {
  constructor(
    private readonly conversations: ConversationDirectory,
    private readonly showConversation: ShowConversation,
  ) {}

  async execute(userId: string, groupId: string): Promise<GroupView | Rejection> {
    if (!(await isInGroup(this.conversations, groupId, userId))) return rejected('not_found');
    const conversation = await this.showConversation.execute(userId, groupId);
    if ('ok' in conversation) return conversation;
    const members = await this.conversations.members(groupId, { limit: limits.SMALL_GROUP_MEMBERS });
    return { ...conversation, members: members.map(memberView) };
  }
}
