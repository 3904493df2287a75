import type { Device } from './device-directory.js';
import type { User } from './user-directory.js';

/** One login of an account, without its tokens. Times are milliseconds since 1970. */
export interface Login {
  family: string;
  revoked_at: number | null;
  /** When its newest refresh token ends. */
  expires_at: number;
}

/** An account as operators see it: nothing that lets anybody in. Times are milliseconds since 1970. */
export interface Account {
  user: User;
  is_operator: boolean;
  /** Null for an account that may be used. */
  disabled_at: number | null;
  /** Those that end last first, at most 100. */
  logins: Login[];
  /** Those seen last first. */
  devices: Pick<Device, 'device_id' | 'created_at' | 'last_seen_at'>[];
}

/** What became of a change: where it is so already it is `done`, too. */
export type AccountChange = 'done' | 'not_found' | 'last_operator';

/**
 * Operators, and what they may do to accounts. A write that resolved is seen by every later read. A disabled account
 * starts no login (`TokenFamilies.start`) and has none that lives: whatever races with `disable` is either revoked by it
 * or does not start. Its data stays.
 *
 * A disabled operator is none for as long. There is always one operator left: of changes that would take the last two away
 * at the same moment, one is `last_operator`.
 */
export abstract class OperatorDirectory {
  /** Whether this user is an operator now. */
  abstract isOperator(userId: string): Promise<boolean>;
  /** By handle, disabled ones too. */
  abstract operators(): Promise<User[]>;
  abstract account(userId: string): Promise<Account | null>;
  abstract appoint(userId: string, now: number): Promise<AccountChange>;
  abstract dismiss(userId: string): Promise<AccountChange>;
  /** Revokes every login as well; `families` are those that lived until then, so none where it was disabled already. */
  abstract disable(userId: string, now: number): Promise<{ families: string[] } | Exclude<AccountChange, 'done'>>;
  /** Logins that were revoked stay so. */
  abstract enable(userId: string): Promise<AccountChange>;
}
