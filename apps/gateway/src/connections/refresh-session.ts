import { Injectable } from '@nestjs/common';
import { rejected, type Rejection } from '@parley/contracts';
import { Authenticate } from './authenticate.js';
import { EndedLately } from './ended-lately.js';
import type { Session } from './session.js';

/** `auth:refresh`: the session goes on with a new token of the same user. A bad one is refused and changes nothing. */
@Injectable()
export class RefreshSession {
  constructor(
    private readonly authenticate: Authenticate,
    private readonly endedLately: EndedLately,
  ) {}

  async execute({ identity }: Session, token: string): Promise<{ ok: true; expires_at: string } | Rejection> {
    const verified = await this.authenticate.verify(token);
    if (!verified.ok) return verified;
    const { userId, family, expiresAt } = verified;
    if (userId !== identity.userId) return rejected('unauthorized', 'The token is of another user');
    if (this.endedLately.has(family)) return rejected('unauthorized', 'The login was revoked');
    identity.expiresAt = expiresAt;
    identity.family = family;
    return { ok: true, expires_at: new Date(expiresAt).toISOString() };
  }
}
