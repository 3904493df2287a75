import { ID } from '@parley/contracts';
import type { AuditedAttempt } from '@parley/entities';
import type { AuthenticatedRequest } from '../http/bearer-guard.js';
import { requestIdOf } from '../http/request-id.js';

const HANDLE = /^[\w.]{3,32}$/;

/** A request as the audit trail names it. What is no id and no handle is not written down: it may be anything. */
export function attemptOf(request: AuthenticatedRequest): Omit<AuditedAttempt, 'at'> {
  const { path } = request.route as { path: string };
  const named = Object.values(request.params).find((value) => typeof value === 'string' && ID.test(value));
  const { handle } = request.query;
  const sought = typeof handle === 'string' && HANDLE.test(handle) ? handle.toLowerCase() : null;
  return {
    actor_id: request.caller.userId,
    action: `${request.method} ${path}`,
    object: typeof named === 'string' ? named : sought,
    request_id: request.res ? requestIdOf(request.res) : null,
    address: request.ip ?? null,
  };
}
