import { Injectable } from '@nestjs/common';
import { rejected, type AccountView, type FindUsersDto, type Page, type Rejection } from '@parley/contracts';
import { OperatorDirectory, UserDirectory, type Account } from '@parley/entities';
import { userView } from '../users/user-view.js';

/** An account as operators see it, by id or by handle. */
@Injectable()
export class DescribeAccount {
  constructor(
    private readonly operators: OperatorDirectory,
    private readonly users: UserDirectory,
  ) {}

  async execute(userId: string): Promise<AccountView | Rejection> {
    const account = await this.operators.account(userId);
    return account ? accountView(account) : rejected('not_found');
  }

  /** A page of one account or none: no cursor is one of its own. */
  async find({ handle, cursor }: FindUsersDto): Promise<Page<AccountView> | Rejection> {
    if (cursor !== undefined) return rejected('invalid_cursor');
    const user = await this.users.findByHandle(handle.toLowerCase());
    const account = user && (await this.operators.account(user.user_id));
    return { items: account ? [accountView(account)] : [], next_cursor: null };
  }
}

function accountView({ user, is_operator, disabled_at, logins, devices }: Account): AccountView {
  return {
    user: userView(user),
    is_operator,
    disabled_at: disabled_at === null ? null : timeOf(disabled_at),
    logins: logins.map(({ family, revoked_at, expires_at }) => ({
      login_id: family,
      revoked_at: revoked_at === null ? null : timeOf(revoked_at),
      expires_at: timeOf(expires_at),
    })),
    devices: devices.map(({ device_id, created_at, last_seen_at }) => ({
      device_id,
      created_at: timeOf(created_at),
      last_seen_at: timeOf(last_seen_at),
    })),
  };
}

function timeOf(ms: number): string {
  return new Date(ms).toISOString();
}
