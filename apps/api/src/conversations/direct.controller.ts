import { Body, Controller, Post, Req, Res, UseGuards, UseInterceptors } from '@nestjs/common';
import { ApiBearerAuth, ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { ConversationView, OpenDirectDto } from '@parley/contracts';
import { BearerGuard, type AuthenticatedRequest } from '../http/bearer-guard.js';
import { JsonBody } from '../http/json-body.js';
import { Refuses } from '../http/refuses.js';
import { UndeclaredQuery } from '../http/undeclared-query.js';
import { unwrap } from '../http/unwrap.js';
import { OpenDirect } from './open-direct.js';

@ApiTags('conversations')
@ApiBearerAuth()
@Controller('conversations/direct')
@UseGuards(BearerGuard)
@UseInterceptors(UndeclaredQuery)
export class DirectController {
  constructor(private readonly openDirect: OpenDirect) {}

  @Post()
  @ApiOperation({ summary: 'Open the direct conversation with another user' })
  @ApiCreatedResponse({ type: ConversationView, description: 'Created.' })
  @ApiOkResponse({ type: ConversationView, description: 'Was there already.' })
  @Refuses('forbidden', 'not_found', 'overloaded')
  async open(
    @Req() { caller }: AuthenticatedRequest,
    @Body(new JsonBody(OpenDirectDto)) { user_id }: OpenDirectDto,
    @Res({ passthrough: true }) response: Response,
  ): Promise<ConversationView> {
    const { isNew, conversation } = unwrap(await this.openDirect.execute(caller.userId, user_id));
    response.status(isNew ? 201 : 200);
    return conversation;
  }
}
