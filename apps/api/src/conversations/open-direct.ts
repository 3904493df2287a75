import { Injectable } from '@nestjs/common';
import { rejected, type ConversationView, type Rejection } from '@parley/contracts';
import { ConversationDirectory } from '@parley/entities';
import { AwaitArrival } from '../publishing/await-arrival.js';
import { SequenceChange } from '../publishing/sequence-change.js';
import { ShowConversation } from './show-conversation.js';

/**
 * The direct conversation of the caller and another user, created where there is none: the same one from either side
 * and under concurrency, and ready to take messages when this answers. `not_found` for an unknown user.
 */
@Injectable()
export class OpenDirect {
  constructor(
    private readonly conversations: ConversationDirectory,
    private readonly sequenceChange: SequenceChange,
    private readonly awaitArrival: AwaitArrival,
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
    if (!(await this.awaitArrival.execute(userId, opened.conversationId))) return rejected('unavailable');
    const conversation = await this.showConversation.execute(userId, opened.conversationId);
    return 'ok' in conversation ? conversation : { isNew: opened.seq !== null, conversation };
  }
}

function withOneself(): Rejection {
  const message = 'must be another user';
  return rejected('validation_failed', `user_id ${message}`, { faults: [{ path: 'user_id', message }] });
}
