import { Injectable } from '@nestjs/common';
import { SendMessageDto, type PostMessageDto } from '@parley/contracts';
import { AnnounceReceipts } from '@parley/reading';
import { SubmitEntry, type Submittal } from '@parley/sending';
import { attemptOf } from './attempt.js';

/** A message by REST: everything but its key is the socket's `message:send`. */
@Injectable()
export class PostMessage {
  constructor(
    private readonly submitEntry: SubmitEntry,
    private readonly receipts: AnnounceReceipts,
  ) {}

  async execute(
    sender_id: string,
    conversation_id: string,
    key: string | undefined,
    message: PostMessageDto,
  ): Promise<Submittal> {
    const attempt = attemptOf(SendMessageDto, { ...message, conversation_id }, key);
    if (!attempt.ok) return attempt;
    const submittal = await this.submitEntry.execute({ kind: 'message', sender_id, ...attempt.value });
    // The sender has read up to there.
    if (submittal.ok) this.receipts.request(sender_id, conversation_id, null);
    return submittal;
  }
}
