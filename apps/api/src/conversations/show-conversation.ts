import { Injectable } from '@nestjs/common';
import { rejected, type ConversationView, type Rejection } from '@parley/contracts';
import { InboxStore } from '@parley/message-store';
import { DescribeConversations } from './describe-conversations.js';

/** A conversation as this member sees it; `not_found` for everybody else. */
@Injectable()
export class ShowConversation {
  constructor(
    private readonly inbox: InboxStore,
    private readonly describe: DescribeConversations,
  ) {}

  async execute(userId: string, conversationId: string): Promise<ConversationView | Rejection> {
    const row = await this.inbox.readRow(userId, conversationId);
    const [view] = row ? await this.describe.execute(userId, [row]) : [];
    return view ?? rejected('not_found');
  }
}
