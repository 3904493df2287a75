import { Module, type DynamicModule } from '@nestjs/common';
import type { ConfigClass } from './config-of.js';

/**
 * Provides a loaded configuration under its own class and under each of its settings classes, everywhere. Modules ask for
 * the settings that concern them (`constructor(private readonly settings: SessionSettings)`), never for an app's whole:
 * so every app that is made of them can give them.
 */
@Module({})
export class ConfigModule {
  static of<T extends object>(configClass: ConfigClass<T>, config: Readonly<T>): DynamicModule {
    const tokens = [configClass, ...configClass.settings];
    return {
      module: ConfigModule,
      global: true,
      providers: tokens.map((provide) => ({ provide, useValue: config })),
      exports: tokens,
    };
  }
}
