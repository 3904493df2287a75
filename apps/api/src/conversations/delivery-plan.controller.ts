import { Controller, Get, Param, Req, UseGuards, UseInterceptors } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { DeliveryPlanView, RejectedError, rejected } from '@parley/contracts';
import { ConversationDirectory, OperatorDirectory } from '@parley/entities';
import { BearerGuard, type AuthenticatedRequest } from '../http/bearer-guard.js';
import { PathId } from '../http/path-id.js';
import { UndeclaredQuery } from '../http/undeclared-query.js';
import { unwrap } from '../http/unwrap.js';
import { attemptOf } from '../operators/attempt-of.js';
import { AuditDeeds } from '../operators/audit-deeds.js';
import { ExplainDelivery } from './explain-delivery.js';

@ApiTags('conversations')
@ApiBearerAuth()
@Controller('conversations')
@UseGuards(BearerGuard)
@UseInterceptors(UndeclaredQuery)
export class DeliveryPlanController {
  constructor(
    private readonly conversations: ConversationDirectory,
    private readonly operators: OperatorDirectory,
    private readonly explainDelivery: ExplainDelivery,
    private readonly audit: AuditDeeds,
  ) {}

  @Get(':conversation_id/delivery-plan')
  @ApiOperation({ summary: 'Which way its messages go and why (members; operators, who see the gateways, too)' })
  @ApiOkResponse({ type: DeliveryPlanView })
  async plan(
    @Req() request: AuthenticatedRequest,
    @Param('conversation_id', PathId) conversationId: string,
  ): Promise<DeliveryPlanView> {
    const { userId } = request.caller;
    if (await this.operators.isOperator(userId)) {
      return this.audit.execute(attemptOf(request), async () =>
        unwrap(await this.explainDelivery.execute(conversationId, { withGateways: true })),
      );
    }
    const role = await this.conversations.roleOf(conversationId, userId);
    if (role === null) throw new RejectedError(rejected('not_found'));
    return unwrap(await this.explainDelivery.execute(conversationId, { withGateways: false }));
  }
}
