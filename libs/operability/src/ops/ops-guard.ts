import { createHash, timingSafeEqual } from 'node:crypto';
import { Injectable, UnauthorizedException, type CanActivate, type ExecutionContext } from '@nestjs/common';
import type { Request } from 'express';

/** What the internal port asks for. Null: whoever reaches it may read it. */
export class OpsToken {
  constructor(readonly value: string | null) {}
}

/** Lets pass who brings the token as `Authorization: Bearer`, or everybody where there is none. */
@Injectable()
export class OpsGuard implements CanActivate {
  constructor(private readonly token: OpsToken) {}

  canActivate(context: ExecutionContext): boolean {
    const { value } = this.token;
    if (value === null) return true;
    const { authorization = '' } = context.switchToHttp().getRequest<Request>().headers;
    if (isSame(authorization, `Bearer ${value}`)) return true;
    throw new UnauthorizedException();
  }
}

/** In a time that does not depend on where two texts differ. */
function isSame(one: string, other: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(one), digest(other));
}
