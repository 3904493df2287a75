import { Injectable } from '@nestjs/common';
import { SendMessageDto, type PostMessageDto } from '@parley/contracts';
import { SubmitEntry, type Submittal } from '@parley/sending';
import { attemptOf } from './attempt.js';

/** A message by REST: everything but its key is the socket's `message:send`. */
@Injectable()
export class PostMessage {
  constructor(private readonly submitEntry: SubmitEntry) {}

  async execute(
    sender_id: string,
    conversation_id: string,
    key: string | undefined,
    message: PostMessageDto,
  ): Promise<Submittal> {
    const attempt = attemptOf(SendMessageDto, { ...message, conversation_id }, key);
    return attempt.ok ? this.submitEntry.execute({ kind: 'message', sender_id, ...attempt.value }) : attempt;
  }
}
