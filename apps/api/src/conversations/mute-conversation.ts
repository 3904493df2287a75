import { Injectable } from '@nestjs/common';
import { rejected, type MuteDto, type MuteView, type Rejection } from '@parley/contracts';
import { ConversationDirectory, MuteDirectory } from '@parley/entities';
import { Clock } from '@parley/snowflake';
import { showMute } from './show-mute.js';

/**
 * Mutes a conversation for the user, until a time or until further notice, or takes that back. `validation_failed` for a
 * time that is not to come or has no meaning, `not_found` for everybody who is no member.
 */
@Injectable()
export class MuteConversation {
  constructor(
    private readonly conversations: ConversationDirectory,
    private readonly mutes: MuteDirectory,
    private readonly clock: Clock,
  ) {}

  async execute(userId: string, conversationId: string, { muted, until }: MuteDto): Promise<MuteView | Rejection> {
    if ((await this.conversations.roleOf(conversationId, userId)) === null) return rejected('not_found');
    const mute = { until: typeof until === 'string' ? Date.parse(until) : null };
    const now = this.clock.wallMs();
    if (mute.until !== null && !muted) return badTime('goes with muted: true only');
    if (mute.until !== null && mute.until <= now) return badTime('must be in the future');
    if (muted) await this.mutes.mute(userId, conversationId, mute);
    else await this.mutes.unmute(userId, conversationId);
    return { conversation_id: conversationId, ...showMute(muted ? mute : undefined, now) };
  }
}

function badTime(message: string): Rejection {
  return rejected('validation_failed', `until ${message}`, { faults: [{ path: 'until', message }] });
}
