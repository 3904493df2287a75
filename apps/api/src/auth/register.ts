import { Injectable } from '@nestjs/common';
import { rejected, type RegisterDto, type Rejection, type SignedInView } from '@parley/contracts';
import { UserDirectory } from '@parley/entities';
import { Clock, IdSource } from '@parley/snowflake';
import { userView } from '../users/user-view.js';
import { AttemptLimits } from './attempt-limits.js';
import { Passwords } from './passwords.js';
import { TokenPairs } from './token-pairs.js';

/** A new account, signed in at once. Refuses with `handle_taken`, `rate_limited` or `overloaded`. */
@Injectable()
export class Register {
  constructor(
    private readonly users: UserDirectory,
    private readonly limits: AttemptLimits,
    private readonly passwords: Passwords,
    private readonly tokenPairs: TokenPairs,
    private readonly ids: IdSource,
    private readonly clock: Clock,
  ) {}

  async execute(input: RegisterDto, address: string): Promise<SignedInView | Rejection> {
    const limited = await this.limits.takeRegistration(address);
    if (limited) return limited;
    const hashed = await this.passwords.hash(input.password);
    if (!hashed.ok) return hashed;
    if (!this.ids.ready()) return rejected('overloaded');
    const account = {
      user_id: String(this.ids.next()),
      handle: input.handle.toLowerCase(),
      display_name: input.display_name ?? null,
      avatar_url: null,
      created_at: this.clock.wallMs(),
    };
    const user = await this.users.create(account, hashed.hash);
    if (user === 'handle_taken') return rejected('handle_taken');
    const tokens = await this.tokenPairs.start(user.user_id);
    // An operator may have been as quick as that.
    return tokens ? { user: userView(user), ...tokens } : rejected('invalid_credentials');
  }
}
