import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { RejectedError, rejected } from '@parley/contracts';
import { OperatorDirectory } from '@parley/entities';
import type { AuthenticatedRequest } from '../http/bearer-guard.js';

/**
 * Lets operators pass, who are looked up at every request: whoever is dismissed or disabled is refused from the next one
 * on. Stands behind `BearerGuard`, and fails closed: while PostgreSQL is away nobody passes.
 */
@Injectable()
export class OperatorGuard implements CanActivate {
  constructor(private readonly operators: OperatorDirectory) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const { caller } = context.switchToHttp().getRequest<AuthenticatedRequest>();
    if (!(await this.operators.isOperator(caller.userId))) throw new RejectedError(rejected('forbidden'));
    return true;
  }
}
