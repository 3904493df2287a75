import { Injectable } from '@nestjs/common';
import { rejected, type Rejection } from '@parley/contracts';
import type { ChangeIds, Decision, PendingChange } from '@parley/entities';
import { ConversationStore } from '@parley/message-store';
import { PendingVerdicts } from '@parley/sending';
import { Clock, IdSource } from '@parley/snowflake';
import { OutboxRelay } from './outbox-relay.js';

/** From before the decision until the answer; past it the outcome is unknown. */
const DEADLINE_MS = 10_000;
/** A verdict that took longer may have been lost on its way: the stored entry says the same. */
const LOOK_UP_EVERY_MS = 250;

/** `seq`: the entry that made the change; null where it was so already. */
export type Sequenced = { ok: true; conversationId: string; seq: number | null } | Rejection;

/**
 * The way of a change into its conversation: decided in the directory, published by the relay, and answered once its
 * entry is sequenced, so that what is sent after the answer is judged by the new state. `unavailable`: decided, but not
 * seen in its place within 10 s; it will get there.
 */
@Injectable()
export class SequenceChange {
  constructor(
    private readonly ids: IdSource,
    private readonly clock: Clock,
    private readonly verdicts: PendingVerdicts,
    private readonly relay: OutboxRelay,
    private readonly store: ConversationStore,
  ) {}

  /** `conversationId` null: a new conversation. `decide` gets what the directory needs and calls it. */
  async execute(
    actorId: string,
    conversationId: string | null,
    decide: (ids: ChangeIds) => Promise<Decision>,
  ): Promise<Sequenced> {
    if (!this.ids.ready()) return rejected('overloaded', 'This server gives no ids at the moment');
    const messageId = String(this.ids.next());
    // Before the transaction: another process's relay may publish the row the moment it is committed.
    const wait = this.verdicts.expect(messageId, DEADLINE_MS);
    try {
      const decided = await decide({
        conversationId: conversationId ?? String(this.ids.next()),
        messageId,
        actorId,
        now: this.clock.wallMs(),
        replyTo: this.verdicts.address,
      });
      if (decided.decision === 'refused') return rejected(decided.code);
      if (decided.decision === 'unchanged') return { ok: true, conversationId: decided.conversation_id, seq: null };
      this.relay.wake();
      return await this.sequenced(decided.change, wait);
    } finally {
      wait.cancel();
    }
  }

  private async sequenced(change: PendingChange, wait: ReturnType<PendingVerdicts['expect']>): Promise<Sequenced> {
    let stored: number | null = null;
    const timer = setInterval(() => {
      void this.storedSeq(change).then((seq) => {
        stored ??= seq;
        if (seq !== null) wait.cancel();
      });
    }, LOOK_UP_EVERY_MS);
    const outcome = await wait.outcome;
    clearInterval(timer);
    if (outcome && !outcome.accepted) return rejected(outcome.code, outcome.message);
    const seq = outcome?.seq ?? stored;
    return seq === null ? rejected('unavailable') : { ok: true, conversationId: change.conversation_id, seq };
  }

  /** The seq of the change's entry when it is there for readers; null when not yet, or when the store does not answer. */
  private async storedSeq({ conversation_id, message_id }: PendingChange): Promise<number | null> {
    try {
      const seq = (await this.store.readSeqs(conversation_id, [message_id])).get(message_id);
      if (seq === undefined) return null;
      return (await this.store.readHead(conversation_id)) >= seq ? seq : null;
    } catch {
      return null;
    }
  }
}
