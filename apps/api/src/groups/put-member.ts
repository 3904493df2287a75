import { Injectable } from '@nestjs/common';
import { limits, rejected, type PutMemberView, type Rejection } from '@parley/contracts';
import { ConversationDirectory } from '@parley/entities';
import { ConversationStore } from '@parley/message-store';
import { SequenceChange } from '../publishing/sequence-change.js';
import { untilSeen } from '../publishing/until-seen.js';

/**
 * Adds a member, or finds that the user is one already; either way the membership is in force for what is sent after
 * the answer. `not_found` for an unknown user or a group that the caller is not in, `forbidden` for a plain member,
 * `conflict` when the group is full.
 */
@Injectable()
export class PutMember {
  constructor(
    private readonly conversations: ConversationDirectory,
    private readonly sequenceChange: SequenceChange,
    private readonly store: ConversationStore,
  ) {}

  async execute(actorId: string, groupId: string, userId: string): Promise<PutMemberView | Rejection> {
    const memberLimit = limits.SMALL_GROUP_MEMBERS;
    const added = await this.sequenceChange.execute(actorId, groupId, (ids) =>
      this.conversations.addMember({ ...ids, userId, memberLimit }),
    );
    if (!added.ok) return added;
    if (added.seq !== null) return { user_id: userId, role: 'member', seq: added.seq };
    // Somebody else may have decided it a moment ago, with the entry still on its way.
    if (!(await untilSeen(() => this.isInForce(groupId, userId)))) return rejected('unavailable');
    const role = await this.conversations.roleOf(groupId, userId);
    return role ? { user_id: userId, role, seq: null } : rejected('not_found');
  }

  private async isInForce(groupId: string, userId: string): Promise<boolean> {
    const memberships = await this.store.readMembershipsOf(groupId, userId);
    return memberships.some(({ to_seq }) => to_seq === null);
  }
}
