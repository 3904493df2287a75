import { Module, type DynamicModule, type Provider } from '@nestjs/common';
import { linkAddressOf, type GatewayConfig } from '@parley/config';
import { PostgresModule } from '@parley/entities';
import type { ServingGround } from '@parley/fleet';
import { LinkModule } from '@parley/gateway-link';
import { OperabilityModule } from '@parley/operability';
import { PendingVerdicts, SendLimits, sendLimitsOf } from '@parley/sending';
import { PresenceGrace } from '@parley/sessions';
import { SnowflakeModule } from '@parley/snowflake';
import { AccessTokens, accessTokensOf } from '@parley/tokens';
import { FrameReceiver } from './delivery/frame-receiver.js';
import { GatewayModule } from './gateway.module.js';
import { gatewaySettingsOf } from './settings-of.js';

/** A gateway as a process of its own. */
@Module({})
export class FleetGatewayModule {
  static of(
    config: Readonly<GatewayConfig>,
    { readiness, postgres, signingKeys, ports }: ServingGround,
  ): DynamicModule {
    const provided: Provider[] = [
      ...ports,
      ...gatewaySettingsOf(config, { polling: false }),
      { provide: PendingVerdicts, useValue: new PendingVerdicts(linkAddressOf(config)) },
      { provide: AccessTokens, useValue: accessTokensOf(signingKeys, config) },
      { provide: SendLimits, useValue: sendLimitsOf(config) },
      { provide: PresenceGrace, useValue: new PresenceGrace(config.PRESENCE_GRACE_MS) },
    ];
    return {
      module: FleetGatewayModule,
      global: true,
      imports: [
        OperabilityModule.around(readiness),
        PostgresModule.forRoot(postgres),
        SnowflakeModule.forRoot({ imports: [] }),
        GatewayModule,
        LinkModule.forRoot({ imports: [GatewayModule], receiver: { useExisting: FrameReceiver } }),
      ],
      providers: provided,
      exports: provided.map((provider) => ('provide' in provider ? provider.provide : provider)),
    };
  }
}
