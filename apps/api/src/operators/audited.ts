import { Injectable, type CallHandler, type ExecutionContext, type NestInterceptor } from '@nestjs/common';
import { defer, lastValueFrom, type Observable } from 'rxjs';
import type { AuthenticatedRequest } from '../http/bearer-guard.js';
import { attemptOf } from './attempt-of.js';
import { AuditDeeds } from './audit-deeds.js';

/**
 * Puts every request of a controller into the audit trail, reads and refused ones included. Interceptors run behind the
 * guards and before the pipes: what stands in the trail was asked by an operator, though perhaps in a form that is refused.
 */
@Injectable()
export class Audited implements NestInterceptor {
  constructor(private readonly audit: AuditDeeds) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const request = context.switchToHttp().getRequest<AuthenticatedRequest>();
    return defer(() => this.audit.execute(attemptOf(request), () => lastValueFrom<unknown>(next.handle())));
  }
}
