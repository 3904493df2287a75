import { Body, Controller, Delete, Headers, Param, Patch, Req, Res, UseGuards, UseInterceptors } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiTags } from '@nestjs/swagger';
import { PatchMessageDto, type SentView } from '@parley/contracts';
import type { Response } from 'express';
import { BearerGuard, type AuthenticatedRequest } from '../http/bearer-guard.js';
import { JsonBody } from '../http/json-body.js';
import { PathId } from '../http/path-id.js';
import { Refuses } from '../http/refuses.js';
import { UndeclaredQuery } from '../http/undeclared-query.js';
import { answerSent } from './answer-sent.js';
import { ChangeMessage } from './change-message.js';
import { MakesOneEntry } from './makes-one-entry.js';

@ApiTags('messages')
@ApiBearerAuth()
@Controller('conversations/:conversation_id/messages/:message_id')
@UseGuards(BearerGuard)
@UseInterceptors(UndeclaredQuery)
@Refuses('forbidden', 'conflict', 'rate_limited', 'overloaded')
export class MessageController {
  constructor(private readonly changeMessage: ChangeMessage) {}

  @Patch()
  @ApiOperation({
    summary: 'Edit a message',
    description:
      'New content for one’s own message. The same as the socket event `message:edit`, in one key space with it.',
  })
  @MakesOneEntry()
  async edit(
    @Req() { caller }: AuthenticatedRequest,
    @Param('conversation_id', PathId) conversation_id: string,
    @Param('message_id', PathId) target_id: string,
    @Headers('idempotency-key') key: string | undefined,
    @Body(new JsonBody(PatchMessageDto)) { content }: PatchMessageDto,
    @Res({ passthrough: true }) response: Response,
  ): Promise<SentView> {
    const target = { sender_id: caller.userId, conversation_id, target_id, key };
    return answerSent(await this.changeMessage.execute(target, { kind: 'edit', content }), response);
  }

  @Delete()
  @ApiOperation({
    summary: 'Delete a message',
    description:
      'One’s own message; a group’s owner and admins may delete any. Its content is gone for everybody, its place stays. ' +
      'The same as the socket event `message:delete`, in one key space with it.',
  })
  @MakesOneEntry()
  async remove(
    @Req() { caller }: AuthenticatedRequest,
    @Param('conversation_id', PathId) conversation_id: string,
    @Param('message_id', PathId) target_id: string,
    @Headers('idempotency-key') key: string | undefined,
    @Res({ passthrough: true }) response: Response,
  ): Promise<SentView> {
    const target = { sender_id: caller.userId, conversation_id, target_id, key };
    return answerSent(await this.changeMessage.execute(target, { kind: 'delete' }), response);
  }
}
