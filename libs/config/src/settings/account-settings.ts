import { IntegerVariable } from '../variable.js';

const MANY = 1_000_000_000;

/** Of registration and login. */
export class AccountSettings {
  @IntegerVariable({ min: 1, max: MANY, about: 'Wrong passwords that an account takes in a minute.' })
  readonly LOGIN_LIMIT_PER_ACCOUNT_PER_MIN: number = 20;

  @IntegerVariable({ min: 1, max: MANY, about: 'Logins that one network address may try in a minute.' })
  readonly LOGIN_LIMIT_PER_ADDRESS_PER_MIN: number = 100;

  @IntegerVariable({ min: 1, max: MANY, about: 'Accounts that one network address may register in a minute.' })
  readonly REGISTER_LIMIT_PER_MIN: number = 60;
}
