import { Injectable } from '@nestjs/common';
import { ConversationDirectory } from '@parley/entities';
import { SequenceChange, type Sequenced } from '../publishing/sequence-change.js';

/** Ends a group for everybody, by its owner: afterwards it answers like one that never was. */
@Injectable()
export class DeleteGroup {
  constructor(
    private readonly conversations: ConversationDirectory,
    private readonly sequenceChange: SequenceChange,
  ) {}

  async execute(actorId: string, groupId: string): Promise<Sequenced> {
    return this.sequenceChange.execute(actorId, groupId, (ids) => this.conversations.deleteGroup(ids));
  }
}
