import { Injectable } from '@nestjs/common';
import { InboxStore } from '@parley/message-store';
import { untilSeen } from './until-seen.js';

/**
 * Waits until a new conversation has arrived in the inbox of one of its members, from where everything that shows it
 * reads. A verdict comes after that, but a head may be seen before it, and so may another request's decision.
 */
@Injectable()
export class AwaitArrival {
  constructor(private readonly inboxes: InboxStore) {}

  /** False: not seen within 10 s. */
  async execute(userId: string, conversationId: string): Promise<boolean> {
    return untilSeen(async () => (await this.inboxes.readRow(userId, conversationId)) !== null);
  }
}
