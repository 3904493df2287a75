import { Injectable } from '@nestjs/common';
import { rejected, type LoginDto, type Rejection, type SignedInView } from '@parley/contracts';
import { UserDirectory } from '@parley/entities';
import { userView } from '../users/user-view.js';
import { AttemptLimits } from './attempt-limits.js';
import { Passwords } from './passwords.js';
import { TokenPairs } from './token-pairs.js';

/**
 * Handle and password against a new pair of tokens. A wrong password, an unknown handle and a disabled account are
 * `invalid_credentials` alike, take as long and count alike. Refuses with `rate_limited` or `overloaded` too.
 */
@Injectable()
export class LogIn {
  constructor(
    private readonly users: UserDirectory,
    private readonly limits: AttemptLimits,
    private readonly passwords: Passwords,
    private readonly tokenPairs: TokenPairs,
  ) {}

  async execute(input: LoginDto, address: string): Promise<SignedInView | Rejection> {
    const handle = input.handle.toLowerCase();
    const limited = await this.limits.takeLogin(handle, address);
    if (limited) return limited;
    let isWrong = false;
    try {
      const signedIn = await this.signIn(handle, input.password);
      isWrong = 'ok' in signedIn && signedIn.code === 'invalid_credentials';
      return signedIn;
    } finally {
      // Of an engine that is away nobody learns a password.
      if (!isWrong) await this.limits.forgetLogin(handle);
    }
  }

  private async signIn(handle: string, password: string): Promise<SignedInView | Rejection> {
    const account = await this.users.findCredentials(handle);
    const verified = await this.passwords.verify(password, account?.passwordHash ?? null);
    if (!verified.ok) return verified;
    const tokens = account && verified.right ? await this.tokenPairs.start(account.user.user_id) : null;
    return account && tokens ? { user: userView(account.user), ...tokens } : rejected('invalid_credentials');
  }
}
