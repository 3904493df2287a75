import { Injectable } from '@nestjs/common';
import { rejected, type Rejection, type TokensView } from '@parley/contracts';
import { Signals } from '@parley/signals';
import { TokenPairs } from './token-pairs.js';

/**
 * A refresh token against the next pair. A second use means that somebody else has the token too: `token_reused`, and
 * the whole family ends, its sessions included. Any other dead token is `unauthorized`.
 */
@Injectable()
export class Refresh {
  constructor(
    private readonly tokenPairs: TokenPairs,
    private readonly signals: Signals,
  ) {}

  async execute(refreshToken: string): Promise<TokensView | Rejection> {
    const next = await this.tokenPairs.next(refreshToken);
    if (!('outcome' in next)) return next;
    if (next.outcome === 'unknown') return rejected('unauthorized', 'The refresh token is not valid');
    await this.signals.publish({ type: 'revoked', family: next.family });
    return rejected('token_reused');
  }
}
