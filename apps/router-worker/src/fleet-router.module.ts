import { Module, type DynamicModule, type Provider } from '@nestjs/common';
import { OperabilityModule, type Readiness } from '@parley/operability';
import { RouterWorkerModule } from './router-worker.module.js';

/** A router worker as a process of its own. */
@Module({})
export class FleetRouterModule {
  /** `ports`: on Kafka, Cassandra and Redis, and the link to the gateways. */
  static of(readiness: Readiness, ports: Provider[]): DynamicModule {
    return {
      module: FleetRouterModule,
      global: true,
      imports: [OperabilityModule.around(readiness), RouterWorkerModule],
      providers: ports,
      exports: ports.map((provider) => ('provide' in provider ? provider.provide : provider)),
    };
  }
}
