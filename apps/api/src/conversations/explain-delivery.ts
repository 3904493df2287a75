import { Injectable } from '@nestjs/common';
import { limits, rejected, type DeliveryPlanView, type Rejection } from '@parley/contracts';
import { ConversationDirectory } from '@parley/entities';
import { MessageLog, partitionOf } from '@parley/message-log';
import { SessionRegistry } from '@parley/sessions';

/**
 * Which way the messages of a conversation go, and why. Where its members are connected is told to operators alone.
 * `not_found` for a conversation without members.
 */
@Injectable()
export class ExplainDelivery {
  constructor(
    private readonly conversations: ConversationDirectory,
    private readonly log: MessageLog,
    private readonly sessions: SessionRegistry,
  ) {}

  async execute(
    conversationId: string,
    { withGateways }: { withGateways: boolean },
  ): Promise<DeliveryPlanView | Rejection> {
    const record = await this.conversations.find(conversationId);
    if (!record || record.member_count === 0) return rejected('not_found');
    const partition = partitionOf(conversationId, this.log.partitions);
    return {
      conversation_id: conversationId,
      partition,
      member_count: record.member_count,
      fan_out: 'write',
      because: [
        `Its id puts it into partition ${partition} of ${this.log.partitions}: one router reads that and gives every entry its seq.`,
        `It has ${record.member_count} members, and up to ${limits.SMALL_GROUP_MEMBERS} have an inbox row each that every entry raises.`,
        'The router looks the sessions of all members up and sends one copy to each gateway that has any; a gateway delivers to a device what lies after its cursor.',
        'Whoever is not connected gets nothing pushed: the device compares its cursor with the inbox when it connects.',
      ],
      gateways: withGateways ? await this.gatewaysOf(conversationId) : null,
    };
  }

  private async gatewaysOf(conversationId: string): Promise<{ gateway: string; sessions: number }[]> {
    const members = await this.conversations.members(conversationId, { limit: limits.SMALL_GROUP_MEMBERS });
    const found = await this.sessions.sessionsOf(members.map(({ user_id }) => user_id));
    const counts = new Map<string, number>();
    for (const { gateway } of [...found.values()].flat()) counts.set(gateway, (counts.get(gateway) ?? 0) + 1);
    return [...counts].sort().map(([gateway, sessions]) => ({ gateway, sessions }));
  }
}
