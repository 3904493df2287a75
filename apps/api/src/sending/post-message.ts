import { Injectable } from '@nestjs/common';
import { rejected, SendMessageDto, validate, type PostMessageDto, type Rejection } from '@parley/contracts';
import { SubmitEntry, type Submittal } from '@parley/sending';

/** A message by REST: the key comes in a header, everything else is the socket's `message:send`. */
@Injectable()
export class PostMessage {
  constructor(private readonly submitEntry: SubmitEntry) {}

  async execute(
    sender_id: string,
    conversation_id: string,
    key: string | undefined,
    message: PostMessageDto,
  ): Promise<Submittal | Rejection> {
    const checked = validate(SendMessageDto, { ...message, conversation_id, client_msg_id: key });
    if (checked.ok) return this.submitEntry.execute({ kind: 'message', sender_id, ...checked.value });
    const faults = [{ path: 'Idempotency-Key', message: 'must be one UUID' }];
    return rejected('validation_failed', 'The header Idempotency-Key must be one UUID', { faults });
  }
}
