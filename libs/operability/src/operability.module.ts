import { Global, Module, type DynamicModule } from '@nestjs/common';
import { Draining } from './draining.js';
import { HealthController } from './health.controller.js';
import { Readiness } from './readiness.js';

/** Health at `/health/live` and `/health/ready`, the `Readiness` of the process for every module to add to, and whether it is `Draining`. */
@Global()
@Module({ controllers: [HealthController], providers: [Readiness, Draining], exports: [Readiness, Draining] })
export class OperabilityModule {
  /** With the readiness that began before the application did: that of the internal port. */
  static around(readiness: Readiness): DynamicModule {
    return { module: OperabilityModule, providers: [{ provide: Readiness, useValue: readiness }] };
  }
}
