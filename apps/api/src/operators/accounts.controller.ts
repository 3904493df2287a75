import { Controller, Delete, Get, HttpCode, Param, Put, Query, UseGuards, UseInterceptors } from '@nestjs/common';
import { ApiBearerAuth, ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { AccountPageView, AccountView, FindUsersDto } from '@parley/contracts';
import { BearerGuard } from '../http/bearer-guard.js';
import { PathId } from '../http/path-id.js';
import { QueryParameters } from '../http/query-parameters.js';
import { Refuses } from '../http/refuses.js';
import { UndeclaredQuery } from '../http/undeclared-query.js';
import { unwrap } from '../http/unwrap.js';
import { Audited } from './audited.js';
import { ChangeAccount } from './change-account.js';
import { DescribeAccount } from './describe-account.js';
import { OperatorGuard } from './operator-guard.js';

@ApiTags('operators')
@ApiBearerAuth()
@Controller('admin')
@UseGuards(BearerGuard, OperatorGuard)
@UseInterceptors(Audited, UndeclaredQuery)
@Refuses('forbidden')
export class AccountsController {
  constructor(
    private readonly describeAccount: DescribeAccount,
    private readonly changeAccount: ChangeAccount,
  ) {}

  @Get('users')
  @ApiOperation({ summary: 'Look an account up by its handle: one or none' })
  @ApiOkResponse({ type: AccountPageView })
  @Refuses('invalid_cursor')
  async find(@Query(new QueryParameters(FindUsersDto)) query: FindUsersDto): Promise<AccountPageView> {
    return unwrap(await this.describeAccount.find(query));
  }

  @Get('users/:user_id')
  @ApiOperation({ summary: 'An account with its logins and devices' })
  @ApiOkResponse({ type: AccountView })
  async show(@Param('user_id', PathId) userId: string): Promise<AccountView> {
    return unwrap(await this.describeAccount.execute(userId));
  }

  @Put('users/:user_id/disabled')
  @HttpCode(204)
  @ApiOperation({ summary: 'Disable an account: its logins and sessions end, none begins; its data stays' })
  @ApiNoContentResponse()
  @Refuses('conflict')
  async disable(@Param('user_id', PathId) userId: string): Promise<void> {
    unwrap(await this.changeAccount.disable(userId));
  }

  @Delete('users/:user_id/disabled')
  @HttpCode(204)
  @ApiOperation({ summary: 'Let a disabled account log in again' })
  @ApiNoContentResponse()
  async enable(@Param('user_id', PathId) userId: string): Promise<void> {
    unwrap(await this.changeAccount.enable(userId));
  }

  @Put('operators/:user_id')
  @HttpCode(204)
  @ApiOperation({ summary: 'Make a user an operator' })
  @ApiNoContentResponse()
  async appoint(@Param('user_id', PathId) userId: string): Promise<void> {
    unwrap(await this.changeAccount.appoint(userId));
  }

  @Delete('operators/:user_id')
  @HttpCode(204)
  @ApiOperation({ summary: 'Dismiss an operator; the last one stays' })
  @ApiNoContentResponse()
  @Refuses('conflict')
  async dismiss(@Param('user_id', PathId) userId: string): Promise<void> {
    unwrap(await this.changeAccount.dismiss(userId));
  }
}
