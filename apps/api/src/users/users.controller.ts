import { Body, Controller, Get, Param, Patch, Query, Req, UseGuards, UseInterceptors } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { FindUsersDto, UpdateUserDto, UserPageView, UserView } from '@parley/contracts';
import { BearerGuard, type AuthenticatedRequest } from '../http/bearer-guard.js';
import { JsonBody } from '../http/json-body.js';
import { PathId } from '../http/path-id.js';
import { QueryParameters } from '../http/query-parameters.js';
import { Refuses } from '../http/refuses.js';
import { UndeclaredQuery } from '../http/undeclared-query.js';
import { unwrap } from '../http/unwrap.js';
import { FindUsers } from './find-users.js';
import { ShowUser } from './show-user.js';
import { UpdateProfile } from './update-profile.js';

@ApiTags('users')
@ApiBearerAuth()
@Controller('users')
@UseGuards(BearerGuard)
@UseInterceptors(UndeclaredQuery)
export class UsersController {
  constructor(
    private readonly showUser: ShowUser,
    private readonly findUsers: FindUsers,
    private readonly updateProfile: UpdateProfile,
  ) {}

  @Get()
  @ApiOperation({ summary: 'Look a handle up: one user or none' })
  @ApiOkResponse({ type: UserPageView })
  @Refuses('invalid_cursor')
  async find(@Query(new QueryParameters(FindUsersDto)) query: FindUsersDto): Promise<UserPageView> {
    return unwrap(await this.findUsers.execute(query));
  }

  @Get('me')
  @ApiOperation({ summary: 'The caller' })
  @ApiOkResponse({ type: UserView })
  async me(@Req() { caller }: AuthenticatedRequest): Promise<UserView> {
    return unwrap(await this.showUser.execute(caller.userId));
  }

  @Patch('me')
  @ApiOperation({ summary: 'Change what is given of the own profile; null clears' })
  @ApiOkResponse({ type: UserView })
  async update(
    @Req() { caller }: AuthenticatedRequest,
    @Body(new JsonBody(UpdateUserDto)) change: UpdateUserDto,
  ): Promise<UserView> {
    return unwrap(await this.updateProfile.execute(caller.userId, change));
  }

  @Get(':user_id')
  @ApiOperation({ summary: 'A user by id' })
  @ApiOkResponse({ type: UserView })
  async show(@Param('user_id', PathId) userId: string): Promise<UserView> {
    return unwrap(await this.showUser.execute(userId));
  }
}
