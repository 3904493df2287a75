import { Module, type DynamicModule, type Provider } from '@nestjs/common';
import { linkAddressOf, type ApiConfig } from '@parley/config';
import { PostgresModule } from '@parley/entities';
import type { ServingGround } from '@parley/fleet';
import { LinkModule } from '@parley/gateway-link';
import { OperabilityModule } from '@parley/operability';
import { PendingVerdicts, SendLimits, sendLimitsOf } from '@parley/sending';
import { PresenceGrace } from '@parley/sessions';
import { SnowflakeModule } from '@parley/snowflake';
import { AccessTokens, accessTokensOf, KeySetController, SigningKeys } from '@parley/tokens';
import { ApiModule } from './api.module.js';
import { VerdictReceiver } from './sending/verdict-receiver.js';
import { apiSettingsOf } from './settings-of.js';

/** The REST face as a process of its own. */
@Module({})
export class FleetApiModule {
  static of(config: Readonly<ApiConfig>, { readiness, postgres, signingKeys, ports }: ServingGround): DynamicModule {
    const verdicts = new PendingVerdicts(linkAddressOf(config));
    const provided: Provider[] = [
      ...ports,
      ...apiSettingsOf(config, Buffer.from(config.CURSOR_SECRET)),
      { provide: PendingVerdicts, useValue: verdicts },
      { provide: SigningKeys, useValue: signingKeys },
      { provide: AccessTokens, useValue: accessTokensOf(signingKeys, config) },
      { provide: SendLimits, useValue: sendLimitsOf(config) },
      { provide: PresenceGrace, useValue: new PresenceGrace(config.PRESENCE_GRACE_MS) },
    ];
    return {
      module: FleetApiModule,
      global: true,
      imports: [
        OperabilityModule.around(readiness),
        PostgresModule.forRoot(postgres),
        SnowflakeModule.forRoot({ imports: [] }),
        ApiModule,
        LinkModule.forRoot({ imports: [], receiver: { useFactory: () => new VerdictReceiver(verdicts) } }),
      ],
      controllers: [KeySetController],
      providers: provided,
      exports: provided.map((provider) => ('provide' in provider ? provider.provide : provider)),
    };
  }
}
