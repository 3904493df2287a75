import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { TokensView } from '@parley/contracts';
import { TokenFamilies, type Rotation } from '@parley/entities';
import { Clock } from '@parley/snowflake';
import { AccessTokens, createRefreshToken, digestRefreshToken } from '@parley/tokens';
import { ApiSettings } from '../api-settings.js';

/** Gives out access and refresh tokens together: the first pair of a login and each next one. */
@Injectable()
export class TokenPairs {
  constructor(
    private readonly families: TokenFamilies,
    private readonly accessTokens: AccessTokens,
    private readonly settings: ApiSettings,
    private readonly clock: Clock,
  ) {}

  /** Begins a token family; null for an account that is disabled. */
  async start(userId: string): Promise<TokensView | null> {
    const family = randomUUID();
    const { token, digest } = createRefreshToken();
    const start = { family, userId, tokenDigest: digest, expiresAt: this.refreshExpiry() };
    if (!(await this.families.start(start))) return null;
    return this.pair(userId, family, token);
  }

  /** The next pair for a refresh token that was live; otherwise what became of it. */
  async next(refreshToken: string): Promise<TokensView | Exclude<Rotation, { outcome: 'rotated' }>> {
    const { token, digest } = createRefreshToken();
    const rotation = await this.families.rotate({
      tokenDigest: digestRefreshToken(refreshToken),
      nextDigest: digest,
      expiresAt: this.refreshExpiry(),
      now: this.clock.wallMs(),
    });
    return rotation.outcome === 'rotated' ? this.pair(rotation.userId, rotation.family, token) : rotation;
  }

  private refreshExpiry(): number {
    return this.clock.wallMs() + this.settings.refreshTokenTtlSeconds * 1_000;
  }

  private async pair(userId: string, family: string, refreshToken: string): Promise<TokensView> {
    return {
      access_token: await this.accessTokens.issue(userId, family),
      refresh_token: refreshToken,
      token_type: 'Bearer',
      expires_in: this.accessTokens.ttlSeconds,
    };
  }
}
