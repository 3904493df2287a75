import { Injectable } from '@nestjs/common';
import type { Rejection, SentView } from '@parley/contracts';
import { AnnounceReceipts } from '@parley/reading';
import { SubmitEntry, type Submission } from '@parley/sending';

import type { Identity } from '../connections/session.js';

/** What a client sends into a conversation; who sends it is the session's business. */
type Sendable = WithoutSender<Submission>;
type WithoutSender<S> = S extends Submission ? Omit<S, 'sender_id'> : never;

/**
 * `message:send`, and the events that change a message: `{ok: true}` only when the entry is durable, sequenced, stored and
 * readable.
 */
@Injectable()
export class SendMessage {
  constructor(
    private readonly submitEntry: SubmitEntry,
    private readonly receipts: AnnounceReceipts,
  ) {}

  async execute({ userId, device }: Identity, entry: Sendable): Promise<({ ok: true } & SentView) | Rejection> {
    const submittal = await this.submitEntry.execute({ sender_id: userId, ...entry });
    if (!submittal.ok) return submittal;
    // The sender has read up to there.
    if (entry.kind === 'message') this.receipts.request(userId, entry.conversation_id, device.device_id);
    const { message_id, client_msg_id, seq, sent_at } = submittal;
    return { ok: true, message_id, client_msg_id, seq, sent_at };
  }
}
