import { Injectable } from '@nestjs/common';
import { limits, rejected, type PutMemberView, type Rejection, type Role } from '@parley/contracts';
import { ConversationDirectory } from '@parley/entities';
import { ConversationStore } from '@parley/message-store';
import { IdSource } from '@parley/snowflake';
import { SequenceChange } from '../publishing/sequence-change.js';
import { untilSeen } from '../publishing/until-seen.js';

export interface PutMemberAnswer {
  isNew: boolean;
  member: PutMemberView;
}

/**
 * Adds a member, or gives one another role; either way membership and role are in force for what is sent after the answer.
 * `not_found` for an unknown user or a group that the caller is not in, `forbidden` for a role that is too low or a block
 * between the two, `conflict` when the group is full, for an owner who would step back without a successor, and for a
 * successor who is no member.
 */
@Injectable()
export class PutMember {
  constructor(
    private readonly conversations: ConversationDirectory,
    private readonly sequenceChange: SequenceChange,
    private readonly store: ConversationStore,
    private readonly ids: IdSource,
  ) {}

  /** `role` null: a new one is a plain member, who is in keeps the role. */
  async execute(
    actorId: string,
    groupId: string,
    userId: string,
    role: Role | null,
  ): Promise<PutMemberAnswer | Rejection> {
    const memberLimit = limits.SMALL_GROUP_MEMBERS;
    const added = await this.sequenceChange.execute(actorId, groupId, (ids) =>
      this.conversations.addMember({ ...ids, userId, role: role ?? 'member', memberLimit }),
    );
    if (!added.ok) return added;
    if (added.seq !== null) {
      return { isNew: true, member: { user_id: userId, role: role ?? 'member', seq: added.seq } };
    }
    return role === null ? this.asItIs(groupId, userId) : this.setRole(actorId, groupId, userId, role);
  }

  private async setRole(
    actorId: string,
    groupId: string,
    userId: string,
    role: Role,
  ): Promise<PutMemberAnswer | Rejection> {
    const changed = await this.sequenceChange.execute(actorId, groupId, (ids) =>
      this.conversations.setRole({ ...ids, userId, role, stepBackId: String(this.ids.next()) }),
    );
    if (!changed.ok) return changed;
    if (changed.seq === null) return this.asItIs(groupId, userId);
    return { isNew: false, member: { user_id: userId, role, seq: changed.seq } };
  }

  /** Somebody else may have decided it a moment ago, with the entry still on its way. */
  private async asItIs(groupId: string, userId: string): Promise<PutMemberAnswer | Rejection> {
    let role: Role | null = null;
    const isSettled = await untilSeen(async () => {
      role = await this.conversations.roleOf(groupId, userId);
      return role === null || (await this.roleInForce(groupId, userId)) === role;
    });
    if (!isSettled) return rejected('unavailable');
    return role === null ? rejected('not_found') : { isNew: false, member: { user_id: userId, role, seq: null } };
  }

  private async roleInForce(groupId: string, userId: string): Promise<Role | null> {
    const memberships = await this.store.readMembershipsOf(groupId, userId);
    return memberships.find(({ to_seq }) => to_seq === null)?.role ?? null;
  }
}
