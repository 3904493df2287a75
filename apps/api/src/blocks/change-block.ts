import { Injectable } from '@nestjs/common';
import { rejected, type Rejection } from '@parley/contracts';
import { BlockDirectory, type BlockDecision, type BlockIds } from '@parley/entities';
import { ConversationStore } from '@parley/message-store';
import { PendingVerdicts } from '@parley/sending';
import { Clock, IdSource } from '@parley/snowflake';
import { OutboxRelay } from '../publishing/outbox-relay.js';
import { untilSeen } from '../publishing/until-seen.js';

/**
 * Blocks another user, or takes that back. Answered when it is in force: what is sent after the answer is judged by it.
 * `not_found` for an unknown user. `unavailable`: decided, but not seen in its place within 10 s; it will get there.
 */
@Injectable()
export class ChangeBlock {
  constructor(
    private readonly blocks: BlockDirectory,
    private readonly ids: IdSource,
    private readonly clock: Clock,
    private readonly verdicts: PendingVerdicts,
    private readonly relay: OutboxRelay,
    private readonly store: ConversationStore,
  ) {}

  async execute(actorId: string, userId: string, to: 'blocked' | 'unblocked'): Promise<{ ok: true } | Rejection> {
    if (userId === actorId) return rejected('validation_failed', 'Nobody blocks oneself');
    if (!this.ids.ready()) return rejected('overloaded', 'This server gives no ids at the moment');
    const ids: BlockIds = {
      messageId: String(this.ids.next()),
      actorId,
      userId,
      now: this.clock.wallMs(),
      replyTo: this.verdicts.address,
    };
    const decided = await (to === 'blocked' ? this.blocks.block(ids) : this.blocks.unblock(ids));
    if (decided.decision === 'refused') return rejected(decided.code);
    return (await this.isInForce(decided.direct)) ? { ok: true } : rejected('unavailable');
  }

  /** No verdict is given on a block: that its row is there says that the router knows it. */
  private async isInForce(direct: Extract<BlockDecision, { decision: 'decided' }>['direct']): Promise<boolean> {
    if (!direct) return true;
    this.relay.wake();
    return untilSeen(async () => {
      const [newest] = await this.store.readBlockChanges(direct.conversation_id, { limit: 1 });
      return newest !== undefined && newest.version >= direct.version;
    });
  }
}
