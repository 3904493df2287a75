import {
  Body,
  Controller,
  Delete,
  Get,
  HttpCode,
  Param,
  Patch,
  Post,
  Query,
  Req,
  UseGuards,
  UseInterceptors,
} from '@nestjs/common';
import {
  ApiBearerAuth,
  ApiCreatedResponse,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
} from '@nestjs/swagger';
import { CreateGroupDto, GroupView, MemberPageView, PageQueryDto, RenameGroupDto } from '@parley/contracts';
import { BearerGuard, type AuthenticatedRequest } from '../http/bearer-guard.js';
import { JsonBody } from '../http/json-body.js';
import { PathId } from '../http/path-id.js';
import { QueryParameters } from '../http/query-parameters.js';
import { Refuses } from '../http/refuses.js';
import { UndeclaredQuery } from '../http/undeclared-query.js';
import { unwrap } from '../http/unwrap.js';
import { CreateGroup } from './create-group.js';
import { DeleteGroup } from './delete-group.js';
import { ListMembers } from './list-members.js';
import { RenameGroup } from './rename-group.js';
import { ShowGroup } from './show-group.js';

@ApiTags('groups')
@ApiBearerAuth()
@Controller('groups')
@UseGuards(BearerGuard)
@UseInterceptors(UndeclaredQuery)
export class GroupsController {
  constructor(
    private readonly createGroup: CreateGroup,
    private readonly showGroup: ShowGroup,
    private readonly renameGroup: RenameGroup,
    private readonly deleteGroup: DeleteGroup,
    private readonly listMembers: ListMembers,
  ) {}

  @Post()
  @ApiOperation({ summary: 'Create a group; the caller becomes owner' })
  @ApiCreatedResponse({ type: GroupView })
  @Refuses('forbidden', 'not_found', 'overloaded')
  async create(
    @Req() { caller }: AuthenticatedRequest,
    @Body(new JsonBody(CreateGroupDto)) input: CreateGroupDto,
  ): Promise<GroupView> {
    return unwrap(await this.createGroup.execute(caller.userId, input));
  }

  @Get(':group_id')
  @ApiOperation({ summary: 'A group with its first members' })
  @ApiOkResponse({ type: GroupView })
  async show(@Req() { caller }: AuthenticatedRequest, @Param('group_id', PathId) groupId: string): Promise<GroupView> {
    return unwrap(await this.showGroup.execute(caller.userId, groupId));
  }

  @Patch(':group_id')
  @ApiOperation({ summary: 'Rename a group (owner, admin)' })
  @ApiOkResponse({ type: GroupView })
  @Refuses('forbidden', 'overloaded')
  async rename(
    @Req() { caller }: AuthenticatedRequest,
    @Param('group_id', PathId) groupId: string,
    @Body(new JsonBody(RenameGroupDto)) { title }: RenameGroupDto,
  ): Promise<GroupView> {
    return unwrap(await this.renameGroup.execute(caller.userId, groupId, title));
  }

  @Delete(':group_id')
  @HttpCode(204)
  @ApiOperation({ summary: 'Delete a group for everybody (owner)' })
  @ApiNoContentResponse()
  @Refuses('forbidden', 'overloaded')
  async delete(@Req() { caller }: AuthenticatedRequest, @Param('group_id', PathId) groupId: string): Promise<void> {
    unwrap(await this.deleteGroup.execute(caller.userId, groupId));
  }

  @Get(':group_id/members')
  @ApiOperation({ summary: 'The members of a group by the time they joined' })
  @ApiOkResponse({ type: MemberPageView })
  @Refuses('invalid_cursor')
  async members(
    @Req() { caller }: AuthenticatedRequest,
    @Param('group_id', PathId) groupId: string,
    @Query(new QueryParameters(PageQueryDto)) page: PageQueryDto,
  ): Promise<MemberPageView> {
    return unwrap(await this.listMembers.execute(caller.userId, groupId, page));
  }
}
