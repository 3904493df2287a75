import { Injectable } from '@nestjs/common';
import { TokenFamilies } from '@parley/entities';
import { Signals } from '@parley/signals';
import { digestRefreshToken } from '@parley/tokens';

/** Ends a login: its refresh token, its access tokens and its sessions. A token that means nothing changes nothing. */
@Injectable()
export class LogOut {
  constructor(
    private readonly families: TokenFamilies,
    private readonly signals: Signals,
  ) {}

  async execute(refreshToken: string): Promise<void> {
    const family = await this.families.revokeByToken(digestRefreshToken(refreshToken));
    if (family !== null) await this.signals.publish({ type: 'revoked', family });
  }
}
