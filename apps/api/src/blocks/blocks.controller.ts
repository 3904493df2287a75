import { Controller, Delete, Get, HttpCode, Param, Put, Query, Req, UseGuards, UseInterceptors } from '@nestjs/common';
import { ApiBearerAuth, ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { BlockedUserPageView, PageQueryDto } from '@parley/contracts';
import { BearerGuard, type AuthenticatedRequest } from '../http/bearer-guard.js';
import { PathId } from '../http/path-id.js';
import { QueryParameters } from '../http/query-parameters.js';
import { Refuses } from '../http/refuses.js';
import { UndeclaredQuery } from '../http/undeclared-query.js';
import { unwrap } from '../http/unwrap.js';
import { ChangeBlock } from './change-block.js';
import { ListBlocks } from './list-blocks.js';

@ApiTags('blocks')
@ApiBearerAuth()
@Controller('blocks')
@UseGuards(BearerGuard)
@UseInterceptors(UndeclaredQuery)
export class BlocksController {
  constructor(
    private readonly changeBlock: ChangeBlock,
    private readonly listBlocks: ListBlocks,
  ) {}

  @Get()
  @ApiOperation({ summary: 'Whom the caller blocks' })
  @ApiOkResponse({ type: BlockedUserPageView })
  @Refuses('invalid_cursor')
  async list(
    @Req() { caller }: AuthenticatedRequest,
    @Query(new QueryParameters(PageQueryDto)) page: PageQueryDto,
  ): Promise<BlockedUserPageView> {
    return unwrap(await this.listBlocks.execute(caller.userId, page));
  }

  @Put(':user_id')
  @HttpCode(204)
  @ApiOperation({
    summary: 'Block a user',
    description:
      'While either blocks the other they cannot write to each other directly, open a direct conversation or put each ' +
      'other into groups. Common groups go on.',
  })
  @ApiNoContentResponse()
  @Refuses('overloaded')
  async block(@Req() { caller }: AuthenticatedRequest, @Param('user_id', PathId) userId: string): Promise<void> {
    unwrap(await this.changeBlock.execute(caller.userId, userId, 'blocked'));
  }

  @Delete(':user_id')
  @HttpCode(204)
  @ApiOperation({ summary: 'Stop blocking a user' })
  @ApiNoContentResponse()
  @Refuses('overloaded')
  async unblock(@Req() { caller }: AuthenticatedRequest, @Param('user_id', PathId) userId: string): Promise<void> {
    unwrap(await this.changeBlock.execute(caller.userId, userId, 'unblocked'));
  }
}
