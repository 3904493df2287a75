import { type DynamicModule, Module, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { Clock, SystemClock } from './clock.js';
import { IdSource } from './id-source.js';

/**
 * Provides the IdSource of the process. It has its lease before the application listens, and gives it back at the very
 * end of a shutdown, when everything that drains has had its ids.
 */
@Module({})
export class SnowflakeModule implements OnModuleInit, OnApplicationShutdown {
  constructor(private readonly ids: IdSource) {}

  /** @param imports the module that exports an adapter of WorkerLeases. */
  static forRoot({ imports }: Required<Pick<DynamicModule, 'imports'>>): DynamicModule {
    return {
      module: SnowflakeModule,
      global: true,
      imports,
      providers: [IdSource, { provide: Clock, useClass: SystemClock }],
      exports: [IdSource, Clock],
    };
  }

  async onModuleInit(): Promise<void> {
    await this.ids.start();
  }

  async onApplicationShutdown(): Promise<void> {
    await this.ids.stop();
  }
}
