import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import type { Request } from 'express';
import { RejectedError, rejected } from '@parley/contracts';
import { AccessTokens } from '@parley/tokens';
import { RevokedFamilies } from './revoked-families.js';

const BEARER = /^Bearer +([A-Za-z0-9._~+/=-]+)$/i;

/** Who makes the request. */
export interface Caller {
  userId: string;
  /** The token family (the login) that the access token belongs to. */
  family: string;
}

/** A request behind `BearerGuard`: `@Req() { caller }: AuthenticatedRequest`. */
export interface AuthenticatedRequest extends Request {
  caller: Caller;
}

/**
 * Lets a request pass that brings one valid access token of a login that was not revoked, and notes its caller. Stands on
 * the class of every controller that needs a user.
 */
@Injectable()
export class BearerGuard implements CanActivate {
  constructor(
    private readonly tokens: AccessTokens,
    private readonly revoked: RevokedFamilies,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<AuthenticatedRequest>();
    const verified = await this.tokens.verify(bearerOf(request));
    if (!verified.ok) throw new RejectedError(verified);
    const { userId, family } = verified;
    if (await this.revoked.has(family)) throw new RejectedError(rejected('unauthorized'));
    request.caller = { userId, family };
    return true;
  }
}

/** A repeated header is nobody's token: what stands before us may have read the other one. */
function bearerOf(request: Request): string | null {
  const [value, ...more] = request.headersDistinct.authorization ?? [];
  return value === undefined || more.length > 0 ? null : (BEARER.exec(value)?.[1] ?? null);
}
