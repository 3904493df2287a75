import type { Provider } from '@nestjs/common';
import type { AccountSettings, DeviceSettings, TokenSettings } from '@parley/config';
import { ApiSettings } from './api-settings.js';
import { PageCursors } from './http/page-cursors.js';

/** What the API takes from a configuration. `cursorSecret` binds page cursors to their user and list. */
export function apiSettingsOf(
  config: Readonly<TokenSettings & AccountSettings & DeviceSettings>,
  cursorSecret: Uint8Array,
): Provider[] {
  const settings = new ApiSettings({
    refreshTokenTtlSeconds: config.REFRESH_TOKEN_TTL_S,
    loginsPerAccount: config.LOGIN_LIMIT_PER_ACCOUNT_PER_MIN,
    loginsPerAddress: config.LOGIN_LIMIT_PER_ADDRESS_PER_MIN,
    registrationsPerAddress: config.REGISTER_LIMIT_PER_MIN,
    devicesPerUser: config.DEVICES_PER_USER,
  });
  return [
    { provide: PageCursors, useValue: new PageCursors(cursorSecret) },
    { provide: ApiSettings, useValue: settings },
  ];
}
