import { Injectable } from '@nestjs/common';
import { ConversationDirectory } from '@parley/entities';
import { SequenceChange, type Sequenced } from '../publishing/sequence-change.js';

/** Takes a member out of a group; oneself is leaving. `not_found` for a user who is not in it. */
@Injectable()
export class RemoveMember {
  constructor(
    private readonly conversations: ConversationDirectory,
    private readonly sequenceChange: SequenceChange,
  ) {}

  async execute(actorId: string, groupId: string, userId: string): Promise<Sequenced> {
    return this.sequenceChange.execute(actorId, groupId, (ids) => this.conversations.removeMember({ ...ids, userId }));
  }
}
