import { Module, type DynamicModule } from '@nestjs/common';
import { TerminusModule } from '@nestjs/terminus';
import { Readiness } from '../readiness.js';
import { MetricsController } from './metrics.controller.js';
import { OpsToken } from './ops-guard.js';
import { OpsHealthController } from './ops-health.controller.js';

/** The internal face: health in detail and metrics. */
@Module({})
export class OpsModule {
  static of(readiness: Readiness, token: string | null): DynamicModule {
    return {
      module: OpsModule,
      // A probe that finds an app not ready is no news: whatever is away says so itself.
      imports: [TerminusModule.forRoot({ logger: false })],
      controllers: [OpsHealthController, MetricsController],
      providers: [
        { provide: Readiness, useValue: readiness },
        { provide: OpsToken, useValue: new OpsToken(token) },
      ],
    };
  }
}
