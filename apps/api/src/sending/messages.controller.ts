import { Body, Controller, Headers, Param, Post, Req, Res, UseGuards, UseInterceptors } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiTags } from '@nestjs/swagger';
import { PostMessageDto, type SentView } from '@parley/contracts';
import type { Response } from 'express';
import { BearerGuard, type AuthenticatedRequest } from '../http/bearer-guard.js';
import { JsonBody } from '../http/json-body.js';
import { PathId } from '../http/path-id.js';
import { Refuses } from '../http/refuses.js';
import { UndeclaredQuery } from '../http/undeclared-query.js';
import { answerSent } from './answer-sent.js';
import { MakesOneEntry } from './makes-one-entry.js';
import { PostMessage } from './post-message.js';

@ApiTags('messages')
@ApiBearerAuth()
@Controller('conversations/:conversation_id/messages')
@UseGuards(BearerGuard)
@UseInterceptors(UndeclaredQuery)
@Refuses('forbidden', 'conflict', 'rate_limited', 'overloaded')
export class MessagesController {
  constructor(private readonly postMessage: PostMessage) {}

  @Post()
  @ApiOperation({
    summary: 'Send a message',
    description: 'The same as the socket event `message:send`, in one key space with it.',
  })
  @MakesOneEntry()
  async send(
    @Req() { caller }: AuthenticatedRequest,
    @Param('conversation_id', PathId) conversation_id: string,
    @Headers('idempotency-key') key: string | undefined,
    @Body(new JsonBody(PostMessageDto)) message: PostMessageDto,
    @Res({ passthrough: true }) response: Response,
  ): Promise<SentView> {
    return answerSent(await this.postMessage.execute(caller.userId, conversation_id, key, message), response);
  }
}
