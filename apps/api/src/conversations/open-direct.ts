import { Injectable } from '@nestjs/common';
import { rejected, type ConversationView, type Rejection } from '@parley/contracts';
import { ConversationDirectory } from '@parley/entities';
import { InboxStore } from '@parley/message-store';
import { SequenceChange } from '../publishing/sequence-change.js';
import { untilSeen } from '../publishing/until-seen.js';
import { ShowConversation } from './show-conversation.js';

/**
 * The direct conversation of the caller and another user, created where there is none: the same one from either side
 * and under concurrency, and ready to take messages when this answers. `not_found` for an unknown user.
 */
@Injectable()
export class OpenDirect {
  constructor(
    private readonly conversations: ConversationDirectory,
    private readonly inboxes: InboxStore,
    private readonly sequenceChange: SequenceChange,
    private readonly showConversation: ShowConversation,
  ) {}

  async execute(
    userId: string,
    peerId: string,
  ): Promise<{ isNew: boolean; conversation: ConversationView } | Rejection> {
    if (peerId === userId) return withOneself();
    const opened = await this.sequenceChange.execute(userId, null, (ids) =>
      this.conversations.openDirect({ ...ids, peerId }),
    );
    if (!opened.ok) return opened;
    const { conversationId, seq } = opened;
    // Whoever opened it first may still be waiting for its first entry.
    const isThere = seq !== null || (await untilSeen(() => this.isInInbox(userId, conversationId)));
    if (!isThere) return rejected('unavailable');
    const conversation = await this.showConversation.execute(userId, conversationId);
    return 'ok' in conversation ? conversation : { isNew: seq !== null, conversation };
  }

  private async isInInbox(userId: string, conversationId: string): Promise<boolean> {
    return (await this.inboxes.readRow(userId, conversationId)) !== null;
  }
}

function withOneself(): Rejection {
  const message = 'must be another user';
  return rejected('validation_failed', `user_id ${message}`, { faults: [{ path: 'user_id', message }] });
}
