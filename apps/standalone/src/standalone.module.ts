import { Module, type DynamicModule, type Provider } from '@nestjs/common';
import type { StandaloneConfig } from '@parley/config';
import { limits, type SessionLimits } from '@parley/contracts';
import { PostgresModule } from '@parley/entities';
import { OperabilityModule } from '@parley/operability';
import { PendingVerdicts, SendLimits } from '@parley/sending';
import { SnowflakeModule } from '@parley/snowflake';
import { AccessTokens } from '@parley/tokens';
import { ApiModule } from '../../api/src/api.module.js';
import { ApiSettings } from '../../api/src/api-settings.js';
import { PageCursors } from '../../api/src/http/page-cursors.js';
import { GatewaySettings } from '../../gateway/src/connections/gateway-settings.js';
import { DeliveryWindow } from '../../gateway/src/delivery/delivery-window.js';
import { GatewayModule } from '../../gateway/src/gateway.module.js';
import { RouterWorkerModule } from '../../router-worker/src/router-worker.module.js';
import type { EmbeddedEngines } from './embedded-engines.js';

/** Gateway, router and API in one process, on the embedded engines. */
@Module({})
export class StandaloneModule {
  static of(config: Readonly<StandaloneConfig>, engines: EmbeddedEngines): DynamicModule {
    const provided = [...engines.providers, ...settingsOf(config, engines)];
    return {
      module: StandaloneModule,
      global: true,
      imports: [
        OperabilityModule,
        PostgresModule.forRoot(engines.postgres.connection),
        SnowflakeModule.forRoot({ imports: [] }),
        RouterWorkerModule,
        GatewayModule,
        ApiModule,
      ],
      providers: provided,
      exports: provided.map((provider) => ('provide' in provider ? provider.provide : provider)),
    };
  }
}

function settingsOf(config: Readonly<StandaloneConfig>, engines: EmbeddedEngines): Provider[] {
  const tokens = {
    issuer: config.TOKEN_ISSUER,
    audience: config.TOKEN_AUDIENCE,
    ttlSeconds: config.ACCESS_TOKEN_TTL_S,
  };
  const user = { perSecond: config.SENDS_PER_SECOND, burst: config.SEND_BURST };
  const perSecond = config.CONVERSATION_SENDS_PER_SECOND;
  const window = new DeliveryWindow(config.WINDOW_ENTRIES, config.WINDOW_BYTES, config.ACK_TIMEOUT_MS);
  return [
    { provide: PendingVerdicts, useValue: new PendingVerdicts('standalone') },
    { provide: AccessTokens, useValue: new AccessTokens(engines.signingKeys, tokens) },
    { provide: PageCursors, useValue: new PageCursors(engines.cursorSecret) },
    { provide: SendLimits, useValue: new SendLimits(user, { perSecond, burst: 2 * perSecond }) },
    { provide: DeliveryWindow, useValue: window },
    { provide: GatewaySettings, useValue: new GatewaySettings(sessionLimits(config), config.MAX_CONNECTIONS, true) },
    {
      provide: ApiSettings,
      useValue: new ApiSettings({
        refreshTokenTtlSeconds: config.REFRESH_TOKEN_TTL_S,
        loginsPerAccount: config.LOGIN_LIMIT_PER_ACCOUNT_PER_MIN,
        loginsPerAddress: config.LOGIN_LIMIT_PER_ADDRESS_PER_MIN,
        registrationsPerAddress: config.REGISTER_LIMIT_PER_MIN,
      }),
    },
  ];
}

function sessionLimits(config: Readonly<StandaloneConfig>): SessionLimits {
  return {
    message_bytes: limits.MESSAGE_BYTES,
    frame_bytes: limits.FRAME_BYTES,
    sends_per_second: config.SENDS_PER_SECOND,
    send_burst: config.SEND_BURST,
    conversation_sends_per_second: config.CONVERSATION_SENDS_PER_SECOND,
    devices_per_user: config.DEVICES_PER_USER,
    watched_users: limits.WATCHED_USERS,
    small_group_members: limits.SMALL_GROUP_MEMBERS,
    group_members: limits.GROUP_MEMBERS,
    page_size: limits.PAGE_SIZE,
    window_entries: config.WINDOW_ENTRIES,
    window_bytes: config.WINDOW_BYTES,
    ack_timeout_ms: config.ACK_TIMEOUT_MS,
    presence_grace_ms: config.PRESENCE_GRACE_MS,
  };
}
