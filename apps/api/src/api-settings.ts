/**
 * What the API needs to know from its configuration, in the API's own terms. The composition provides one.
 * Limits of attempts are counts a minute.
 */
export class ApiSettings {
  /** Lifetime of a refresh token in seconds, counted anew at each refresh. */
  readonly refreshTokenTtlSeconds: number;
  /** Wrong passwords for one account. */
  readonly loginsPerAccount: number;
  /** Attempts to log in from one address. */
  readonly loginsPerAddress: number;
  /** Registrations from one address. */
  readonly registrationsPerAddress: number;
  /** Devices that a user may have. */
  readonly devicesPerUser: number;

  constructor(settings: Readonly<ApiSettings>) {
    this.refreshTokenTtlSeconds = settings.refreshTokenTtlSeconds;
    this.loginsPerAccount = settings.loginsPerAccount;
    this.loginsPerAddress = settings.loginsPerAddress;
    this.registrationsPerAddress = settings.registrationsPerAddress;
    this.devicesPerUser = settings.devicesPerUser;
  }
}
