import { Controller, Get, Param, Req, UseGuards, UseInterceptors } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { PresenceView } from '@parley/contracts';
import { BearerGuard, type AuthenticatedRequest } from '../http/bearer-guard.js';
import { PathId } from '../http/path-id.js';
import { Refuses } from '../http/refuses.js';
import { UndeclaredQuery } from '../http/undeclared-query.js';
import { unwrap } from '../http/unwrap.js';
import { ShowPresence } from './show-presence.js';

@ApiTags('users')
@ApiBearerAuth()
@Controller('users')
@UseGuards(BearerGuard)
@UseInterceptors(UndeclaredQuery)
export class PresenceController {
  constructor(private readonly showPresence: ShowPresence) {}

  @Get(':user_id/presence')
  @ApiOperation({
    summary: 'Whether a user is there',
    description: 'Of users with whom the caller shares a conversation, large groups aside, and no block.',
  })
  @ApiOkResponse({ type: PresenceView })
  @Refuses('forbidden')
  async show(@Req() { caller }: AuthenticatedRequest, @Param('user_id', PathId) userId: string): Promise<PresenceView> {
    return unwrap(await this.showPresence.execute(caller.userId, userId));
  }
}
