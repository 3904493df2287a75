import { Controller, Get, Param, Query, Req, UseGuards, UseInterceptors } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { HistoryQueryDto, HistoryView } from '@parley/contracts';
import { BearerGuard, type AuthenticatedRequest } from '../http/bearer-guard.js';
import { PathId } from '../http/path-id.js';
import { QueryParameters } from '../http/query-parameters.js';
import { Refuses } from '../http/refuses.js';
import { UndeclaredQuery } from '../http/undeclared-query.js';
import { unwrap } from '../http/unwrap.js';
import { ReadHistory } from './read-history.js';

@ApiTags('messages')
@ApiBearerAuth()
@Controller('conversations/:conversation_id/messages')
@UseGuards(BearerGuard)
@UseInterceptors(UndeclaredQuery)
export class HistoryController {
  constructor(private readonly readHistory: ReadHistory) {}

  @Get()
  @ApiOperation({
    summary: 'Read the history',
    description: 'Newest first, without a cursor or with `before`; oldest first with `after`. Entries of every kind.',
  })
  @ApiOkResponse({ type: HistoryView })
  @Refuses('invalid_cursor')
  async read(
    @Req() { caller }: AuthenticatedRequest,
    @Param('conversation_id', PathId) conversationId: string,
    @Query(new QueryParameters(HistoryQueryDto)) query: HistoryQueryDto,
  ): Promise<HistoryView> {
    return unwrap(await this.readHistory.execute(caller.userId, conversationId, query));
  }
}
