import { Injectable } from '@nestjs/common';
import type { Rejection, SendMessageDto, SentView } from '@parley/contracts';
import { SubmitEntry } from '@parley/sending';

/** `message:send`: `{ok: true}` only when the message is durable, sequenced, stored and readable. */
@Injectable()
export class SendMessage {
  constructor(private readonly submitEntry: SubmitEntry) {}

  async execute(senderId: string, message: SendMessageDto): Promise<({ ok: true } & SentView) | Rejection> {
    const submittal = await this.submitEntry.execute({ kind: 'message', sender_id: senderId, ...message });
    if (!submittal.ok) return submittal;
    const { message_id, client_msg_id, seq, sent_at } = submittal;
    return { ok: true, message_id, client_msg_id, seq, sent_at };
  }
}
