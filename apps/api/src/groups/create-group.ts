import { Injectable } from '@nestjs/common';
import { rejected, type CreateGroupDto, type GroupView, type Rejection } from '@parley/contracts';
import { ConversationDirectory } from '@parley/entities';
import { AwaitArrival } from '../publishing/await-arrival.js';
import { SequenceChange } from '../publishing/sequence-change.js';
import { ShowGroup } from './show-group.js';

/** A new group with the caller as owner. `not_found` where one of the members named does not exist. */
@Injectable()
export class CreateGroup {
  constructor(
    private readonly conversations: ConversationDirectory,
    private readonly sequenceChange: SequenceChange,
    private readonly awaitArrival: AwaitArrival,
    private readonly showGroup: ShowGroup,
  ) {}

  async execute(actorId: string, { title, member_ids }: CreateGroupDto): Promise<GroupView | Rejection> {
    const created = await this.sequenceChange.execute(actorId, null, (ids) =>
      this.conversations.createGroup({ ...ids, title, memberIds: member_ids }),
    );
    if (!created.ok) return created;
    if (!(await this.awaitArrival.execute(actorId, created.conversationId))) return rejected('unavailable');
    return this.showGroup.execute(actorId, created.conversationId);
  }
}
