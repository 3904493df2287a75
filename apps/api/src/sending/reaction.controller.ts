import { Controller, Delete, Headers, Param, Put, Req, Res, UseGuards, UseInterceptors } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import { limits, type SentView } from '@parley/contracts';
import type { Response } from 'express';
import { BearerGuard, type AuthenticatedRequest } from '../http/bearer-guard.js';
import { PathId } from '../http/path-id.js';
import { Refuses } from '../http/refuses.js';
import { UndeclaredQuery } from '../http/undeclared-query.js';
import { answerSent } from './answer-sent.js';
import { ChangeMessage } from './change-message.js';
import { MakesOneEntry } from './makes-one-entry.js';

@ApiTags('messages')
@ApiBearerAuth()
@ApiParam({
  name: 'emoji',
  description: `1 to ${limits.EMOJI_BYTES} bytes in UTF-8 without control characters, percent-encoded.`,
  example: '👍',
})
@Controller('conversations/:conversation_id/messages/:message_id/reactions/:emoji')
@UseGuards(BearerGuard)
@UseInterceptors(UndeclaredQuery)
@Refuses('forbidden', 'conflict', 'rate_limited', 'overloaded')
export class ReactionController {
  constructor(private readonly changeMessage: ChangeMessage) {}

  @Put()
  @ApiOperation({
    summary: 'React to a message',
    description:
      'The same reaction twice is accepted and changes nothing. A message takes at most ' +
      `${limits.MAX_EMOJI} different emoji over its life; one more is a \`conflict\`. The same as the socket event ` +
      '`message:react`, in one key space with it.',
  })
  @MakesOneEntry()
  async add(
    @Req() { caller }: AuthenticatedRequest,
    @Param('conversation_id', PathId) conversation_id: string,
    @Param('message_id', PathId) target_id: string,
    @Param('emoji') emoji: string,
    @Headers('idempotency-key') key: string | undefined,
    @Res({ passthrough: true }) response: Response,
  ): Promise<SentView> {
    const target = { sender_id: caller.userId, conversation_id, target_id, key };
    return answerSent(await this.changeMessage.execute(target, { kind: 'react', emoji, op: 'add' }), response);
  }

  @Delete()
  @ApiOperation({
    summary: 'Take a reaction back',
    description: 'One’s own; one that is not there is accepted and changes nothing.',
  })
  @MakesOneEntry()
  async remove(
    @Req() { caller }: AuthenticatedRequest,
    @Param('conversation_id', PathId) conversation_id: string,
    @Param('message_id', PathId) target_id: string,
    @Param('emoji') emoji: string,
    @Headers('idempotency-key') key: string | undefined,
    @Res({ passthrough: true }) response: Response,
  ): Promise<SentView> {
    const target = { sender_id: caller.userId, conversation_id, target_id, key };
    return answerSent(await this.changeMessage.execute(target, { kind: 'react', emoji, op: 'remove' }), response);
  }
}
