import { Module, type DynamicModule, type Provider } from '@nestjs/common';
import type { StandaloneConfig } from '@parley/config';
import { PostgresModule } from '@parley/entities';
import { OperabilityModule, type Readiness } from '@parley/operability';
import { PendingVerdicts, SendLimits, sendLimitsOf } from '@parley/sending';
import { PresenceGrace } from '@parley/sessions';
import { SnowflakeModule } from '@parley/snowflake';
import { AccessTokens, accessTokensOf, KeySetController, SigningKeys } from '@parley/tokens';
import { ApiModule } from '../../api/src/api.module.js';
import { apiSettingsOf } from '../../api/src/settings-of.js';
import { GatewayModule } from '../../gateway/src/gateway.module.js';
import { gatewaySettingsOf } from '../../gateway/src/settings-of.js';
import { RouterWorkerModule } from '../../router-worker/src/router-worker.module.js';
import type { EmbeddedEngines } from './embedded-engines.js';

/** Gateway, router and API in one process, on the embedded engines. */
@Module({})
export class StandaloneModule {
  static of(config: Readonly<StandaloneConfig>, engines: EmbeddedEngines, readiness: Readiness): DynamicModule {
    const provided = [...engines.providers, ...settingsOf(config, engines)];
    return {
      module: StandaloneModule,
      global: true,
      imports: [
        OperabilityModule.around(readiness),
        PostgresModule.forRoot(engines.postgres.connection),
        SnowflakeModule.forRoot({ imports: [] }),
        RouterWorkerModule,
        GatewayModule,
        ApiModule,
      ],
      controllers: [KeySetController],
      providers: provided,
      exports: provided.map((provider) => ('provide' in provider ? provider.provide : provider)),
    };
  }
}

function settingsOf(config: Readonly<StandaloneConfig>, engines: EmbeddedEngines): Provider[] {
  return [
    { provide: PendingVerdicts, useValue: new PendingVerdicts('standalone') },
    { provide: SigningKeys, useValue: engines.signingKeys },
    { provide: AccessTokens, useValue: accessTokensOf(engines.signingKeys, config) },
    { provide: SendLimits, useValue: sendLimitsOf(config) },
    { provide: PresenceGrace, useValue: new PresenceGrace(config.PRESENCE_GRACE_MS) },
    ...gatewaySettingsOf(config, { polling: true }),
    ...apiSettingsOf(config, engines.cursorSecret),
  ];
}
