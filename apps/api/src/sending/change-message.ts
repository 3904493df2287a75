import { Injectable } from '@nestjs/common';
import { DeleteMessageDto, EditMessageDto, ReactDto, type Content } from '@parley/contracts';
import { SubmitEntry, type Submittal } from '@parley/sending';
import { attemptOf } from './attempt.js';

/** The message that a call is about, who calls, and the key of the attempt as it came in its header. */
export interface Target {
  sender_id: string;
  conversation_id: string;
  target_id: string;
  key: string | undefined;
}

/** What the call does to it. */
export type MessageChange =
  { kind: 'edit'; content: Content } | { kind: 'delete' } | { kind: 'react'; emoji: string; op: 'add' | 'remove' };

/** `message:edit`, `message:delete` and `message:react` by REST, in one key space with the sockets and with sends. */
@Injectable()
export class ChangeMessage {
  constructor(private readonly submitEntry: SubmitEntry) {}

  async execute({ sender_id, key, ...target }: Target, change: MessageChange): Promise<Submittal> {
    if (change.kind === 'edit') {
      const attempt = attemptOf(EditMessageDto, { ...target, content: change.content }, key);
      return attempt.ok ? this.submitEntry.execute({ kind: 'edit', sender_id, ...attempt.value }) : attempt;
    }
    if (change.kind === 'delete') {
      const attempt = attemptOf(DeleteMessageDto, target, key);
      return attempt.ok ? this.submitEntry.execute({ kind: 'delete', sender_id, ...attempt.value }) : attempt;
    }
    const attempt = attemptOf(ReactDto, { ...target, emoji: change.emoji, op: change.op }, key);
    return attempt.ok ? this.submitEntry.execute({ kind: 'react', sender_id, ...attempt.value }) : attempt;
  }
}
