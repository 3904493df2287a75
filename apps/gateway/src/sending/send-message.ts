import { Injectable } from '@nestjs/common';
import type { Rejection, SentView } from '@parley/contracts';
import { SubmitEntry, type Submission } from '@parley/sending';

/** What a client sends into a conversation; who sends it is the session's business. */
type Sendable = WithoutSender<Submission>;
type WithoutSender<S> = S extends Submission ? Omit<S, 'sender_id'> : never;

/**
 * `message:send`, and the events that change a message: `{ok: true}` only when the entry is durable, sequenced, stored and
 * readable.
 */
@Injectable()
export class SendMessage {
  constructor(private readonly submitEntry: SubmitEntry) {}

  async execute(senderId: string, entry: Sendable): Promise<({ ok: true } & SentView) | Rejection> {
    const submittal = await this.submitEntry.execute({ sender_id: senderId, ...entry });
    if (!submittal.ok) return submittal;
    const { message_id, client_msg_id, seq, sent_at } = submittal;
    return { ok: true, message_id, client_msg_id, seq, sent_at };
  }
}
