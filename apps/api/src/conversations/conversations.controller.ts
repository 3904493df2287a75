import { Body, Controller, Get, Param, Put, Query, Req, UseGuards, UseInterceptors } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import {
  ConversationPageView,
  ConversationView,
  MarkReadDto,
  MuteDto,
  MuteView,
  PageQueryDto,
  ReadMarkView,
} from '@parley/contracts';
import { MarkRead } from '@parley/reading';
import { BearerGuard, type AuthenticatedRequest } from '../http/bearer-guard.js';
import { JsonBody } from '../http/json-body.js';
import { PathId } from '../http/path-id.js';
import { QueryParameters } from '../http/query-parameters.js';
import { Refuses } from '../http/refuses.js';
import { UndeclaredQuery } from '../http/undeclared-query.js';
import { unwrap } from '../http/unwrap.js';
import { ListConversations } from './list-conversations.js';
import { MuteConversation } from './mute-conversation.js';
import { ShowConversation } from './show-conversation.js';

@ApiTags('conversations')
@ApiBearerAuth()
@Controller('conversations')
@UseGuards(BearerGuard)
@UseInterceptors(UndeclaredQuery)
export class ConversationsController {
  constructor(
    private readonly listConversations: ListConversations,
    private readonly showConversation: ShowConversation,
    private readonly markRead: MarkRead,
    private readonly muteConversation: MuteConversation,
  ) {}

  @Get()
  @ApiOperation({ summary: 'The inbox: conversations of the caller, newest activity first' })
  @ApiOkResponse({ type: ConversationPageView })
  @Refuses('invalid_cursor')
  async list(
    @Req() { caller }: AuthenticatedRequest,
    @Query(new QueryParameters(PageQueryDto)) page: PageQueryDto,
  ): Promise<ConversationPageView> {
    return unwrap(await this.listConversations.execute(caller.userId, page));
  }

  @Get(':conversation_id')
  @ApiOperation({ summary: 'A conversation as the caller sees it' })
  @ApiOkResponse({ type: ConversationView })
  async show(
    @Req() { caller }: AuthenticatedRequest,
    @Param('conversation_id', PathId) conversationId: string,
  ): Promise<ConversationView> {
    return unwrap(await this.showConversation.execute(caller.userId, conversationId));
  }

  @Put(':conversation_id/read')
  @ApiOperation({ summary: 'Raise the read mark of the caller; it counts for all devices' })
  @ApiOkResponse({ type: ReadMarkView })
  async read(
    @Req() { caller }: AuthenticatedRequest,
    @Param('conversation_id', PathId) conversationId: string,
    @Body(new JsonBody(MarkReadDto)) { seq }: MarkReadDto,
  ): Promise<ReadMarkView> {
    return unwrap(await this.markRead.execute(caller.userId, conversationId, seq, null));
  }

  @Put(':conversation_id/mute')
  @ApiOperation({ summary: 'Mute a conversation for the caller, on all devices' })
  @ApiOkResponse({ type: MuteView })
  async mute(
    @Req() { caller }: AuthenticatedRequest,
    @Param('conversation_id', PathId) conversationId: string,
    @Body(new JsonBody(MuteDto)) mute: MuteDto,
  ): Promise<MuteView> {
    return unwrap(await this.muteConversation.execute(caller.userId, conversationId, mute));
  }
}
