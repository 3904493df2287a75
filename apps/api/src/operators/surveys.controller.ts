import { Controller, Get, Param, Query, Req, UseGuards, UseInterceptors } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { AuditPageView, ConversationOverviewView, LagView, PageQueryDto } from '@parley/contracts';
import { BearerGuard, type AuthenticatedRequest } from '../http/bearer-guard.js';
import { PathId } from '../http/path-id.js';
import { QueryParameters } from '../http/query-parameters.js';
import { Refuses } from '../http/refuses.js';
import { UndeclaredQuery } from '../http/undeclared-query.js';
import { unwrap } from '../http/unwrap.js';
import { Audited } from './audited.js';
import { OperatorGuard } from './operator-guard.js';
import { ReadAudit } from './read-audit.js';
import { SurveyConversation } from './survey-conversation.js';
import { SurveyLag } from './survey-lag.js';

@ApiTags('operators')
@ApiBearerAuth()
@Controller('admin')
@UseGuards(BearerGuard, OperatorGuard)
@UseInterceptors(Audited, UndeclaredQuery)
@Refuses('forbidden')
export class SurveysController {
  constructor(
    private readonly surveyConversation: SurveyConversation,
    private readonly surveyLag: SurveyLag,
    private readonly readAudit: ReadAudit,
  ) {}

  @Get('conversations/:conversation_id')
  @ApiOperation({ summary: 'A conversation without what is said in it' })
  @ApiOkResponse({ type: ConversationOverviewView })
  async conversation(@Param('conversation_id', PathId) conversationId: string): Promise<ConversationOverviewView> {
    return unwrap(await this.surveyConversation.execute(conversationId));
  }

  @Get('lag')
  @ApiOperation({ summary: 'How far routers are behind the log, what is in quarantine, which gateways live' })
  @ApiOkResponse({ type: LagView })
  lag(): Promise<LagView> {
    return this.surveyLag.execute();
  }

  @Get('audit')
  @ApiOperation({ summary: 'What operators did, the newest first' })
  @ApiOkResponse({ type: AuditPageView })
  @Refuses('invalid_cursor')
  async audit(
    @Req() { caller }: AuthenticatedRequest,
    @Query(new QueryParameters(PageQueryDto)) page: PageQueryDto,
  ): Promise<AuditPageView> {
    return unwrap(await this.readAudit.execute(caller.userId, page));
  }
}
