import { Body, Controller, Delete, HttpCode, Param, Put, Req, Res, UseGuards, UseInterceptors } from '@nestjs/common';
import {
  ApiBearerAuth,
  ApiCreatedResponse,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
} from '@nestjs/swagger';
import type { Response } from 'express';
import { PutMemberDto, PutMemberView } from '@parley/contracts';
import { BearerGuard, type AuthenticatedRequest } from '../http/bearer-guard.js';
import { JsonBody } from '../http/json-body.js';
import { PathId } from '../http/path-id.js';
import { Refuses } from '../http/refuses.js';
import { UndeclaredQuery } from '../http/undeclared-query.js';
import { unwrap } from '../http/unwrap.js';
import { PutMember } from './put-member.js';
import { RemoveMember } from './remove-member.js';

@ApiTags('groups')
@ApiBearerAuth()
@Controller('groups/:group_id/members/:user_id')
@UseGuards(BearerGuard)
@UseInterceptors(UndeclaredQuery)
@Refuses('forbidden', 'conflict', 'overloaded')
export class MembersController {
  constructor(
    private readonly putMember: PutMember,
    private readonly removeMember: RemoveMember,
  ) {}

  @Put()
  @ApiOperation({ summary: 'Add a member (owner, admin), or set a role (owner)' })
  @ApiCreatedResponse({ type: PutMemberView, description: 'Added.' })
  @ApiOkResponse({ type: PutMemberView, description: 'Was a member already; `seq` tells whether the role changed.' })
  async put(
    @Req() { caller }: AuthenticatedRequest,
    @Param('group_id', PathId) groupId: string,
    @Param('user_id', PathId) userId: string,
    @Body(new JsonBody(PutMemberDto)) { role }: PutMemberDto,
    @Res({ passthrough: true }) response: Response,
  ): Promise<PutMemberView> {
    const { isNew, member } = unwrap(await this.putMember.execute(caller.userId, groupId, userId, role ?? null));
    response.status(isNew ? 201 : 200);
    return member;
  }

  @Delete()
  @HttpCode(204)
  @ApiOperation({ summary: 'Remove a member (owner, admin), or leave' })
  @ApiNoContentResponse()
  async remove(
    @Req() { caller }: AuthenticatedRequest,
    @Param('group_id', PathId) groupId: string,
    @Param('user_id', PathId) userId: string,
  ): Promise<void> {
    unwrap(await this.removeMember.execute(caller.userId, groupId, userId));
  }
}
