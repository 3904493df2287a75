import {
  Body,
  Controller,
  Headers,
  HttpStatus,
  Param,
  Post,
  Req,
  Res,
  UseGuards,
  UseInterceptors,
} from '@nestjs/common';
import { ApiBearerAuth, ApiCreatedResponse, ApiHeader, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { PostMessageDto, SentView } from '@parley/contracts';
import type { Response } from 'express';
import { BearerGuard, type AuthenticatedRequest } from '../http/bearer-guard.js';
import { JsonBody } from '../http/json-body.js';
import { PathId } from '../http/path-id.js';
import { Refuses } from '../http/refuses.js';
import { UndeclaredQuery } from '../http/undeclared-query.js';
import { unwrap } from '../http/unwrap.js';
import { PostMessage } from './post-message.js';

@ApiTags('messages')
@ApiBearerAuth()
@Controller('conversations/:conversation_id/messages')
@UseGuards(BearerGuard)
@UseInterceptors(UndeclaredQuery)
@Refuses('validation_failed', 'unauthorized', 'token_expired', 'not_found', 'conflict', 'internal')
export class MessagesController {
  constructor(private readonly postMessage: PostMessage) {}

  @Post()
  @ApiOperation({
    summary: 'Send a message',
    description: 'The same as the socket event `message:send`, in one key space with it.',
  })
  @ApiHeader({ name: 'Idempotency-Key', required: true, description: "The attempt's client_msg_id, a UUID." })
  @ApiCreatedResponse({ type: SentView, description: 'Durable, sequenced, stored and readable.' })
  @ApiOkResponse({ type: SentView, description: 'An earlier attempt with this key was accepted: its answer.' })
  @Refuses('payload_too_large', 'unsupported_media_type', 'rate_limited', 'unavailable', 'overloaded')
  async send(
    @Req() { caller }: AuthenticatedRequest,
    @Param('conversation_id', PathId) conversation_id: string,
    @Headers('idempotency-key') key: string | undefined,
    @Body(new JsonBody(PostMessageDto)) message: PostMessageDto,
    @Res({ passthrough: true }) response: Response,
  ): Promise<SentView> {
    const sent = unwrap(await this.postMessage.execute(caller.userId, conversation_id, key, message));
    response.status(sent.repeated ? HttpStatus.OK : HttpStatus.CREATED);
    const { message_id, client_msg_id, seq, sent_at } = sent;
    return { message_id, client_msg_id, seq, sent_at };
  }
}
