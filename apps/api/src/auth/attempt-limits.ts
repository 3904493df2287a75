import { Injectable } from '@nestjs/common';
import { rejected, type Rejection } from '@parley/contracts';
import { RateLimits, type RateRule } from '@parley/rate-limits';
import { ApiSettings } from '../api-settings.js';
import { addressBucket } from './address-bucket.js';

/**
 * Limits of attempts to log in and to register. They fail closed: while they cannot be counted at all, not even by this
 * process alone, nobody logs in, since passwords could be guessed without end; who has a token goes on.
 *
 * The limit of an account counts wrong passwords only: every attempt takes a token before the password is looked at, and
 * gives it back when the password was right. So attempts at the same moment cannot slip past it, and while it is used
 * up the right password is refused as well and tells nothing.
 */
@Injectable()
export class AttemptLimits {
  private readonly account: RateRule;
  private readonly address: RateRule;
  private readonly registration: RateRule;

  constructor(
    private readonly rates: RateLimits,
    settings: ApiSettings,
  ) {
    this.account = perMinute(settings.loginsPerAccount);
    this.address = perMinute(settings.loginsPerAddress);
    this.registration = perMinute(settings.registrationsPerAddress);
  }

  /** Null: go on. `handle` in lower case, of an account or not. */
  async takeLogin(handle: string, address: string): Promise<Rejection | null> {
    const byAddress = await this.take(`login:address:${addressBucket(address)}`, this.address);
    return byAddress ?? this.take(accountBucket(handle), this.account);
  }

  /** The password was right, or was never looked at: the attempt does not count for the account. */
  async forgetLogin(handle: string): Promise<void> {
    // A token that is lost comes back with time: no reason to refuse who knows the password.
    await this.rates.giveBack(accountBucket(handle), this.account).catch(() => undefined);
  }

  /** Null: go on. */
  async takeRegistration(address: string): Promise<Rejection | null> {
    return this.take(`register:address:${addressBucket(address)}`, this.registration);
  }

  private async take(bucket: string, rule: RateRule): Promise<Rejection | null> {
    const taken = await this.rates.take(bucket, rule).catch(() => null);
    if (!taken) return rejected('overloaded', 'Attempts cannot be counted at the moment');
    return taken.ok ? null : rejected('rate_limited', undefined, { retryAfterMs: taken.retryAfterMs });
  }
}

function perMinute(count: number): RateRule {
  return { perSecond: count / 60, burst: count };
}

function accountBucket(handle: string): string {
  return `login:account:${handle}`;
}
