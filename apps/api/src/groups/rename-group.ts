import { Injectable } from '@nestjs/common';
import type { GroupView, Rejection } from '@parley/contracts';
import { ConversationDirectory } from '@parley/entities';
import { SequenceChange } from '../publishing/sequence-change.js';
import { ShowGroup } from './show-group.js';

/** A new title, by the owner or an admin; the present one again changes nothing. */
@Injectable()
export class RenameGroup {
  constructor(
    private readonly conversations: ConversationDirectory,
    private readonly sequenceChange: SequenceChange,
    private readonly showGroup: ShowGroup,
  ) {}

  async execute(actorId: string, groupId: string, title: string): Promise<GroupView | Rejection> {
    const renamed = await this.sequenceChange.execute(actorId, groupId, (ids) =>
      this.conversations.rename({ ...ids, title }),
    );
    return renamed.ok ? this.showGroup.execute(actorId, groupId) : renamed;
  }
}
