import { type DynamicModule, type ExistingProvider, type FactoryProvider, Module } from '@nestjs/common';
import { LinkReceiver } from '../gateway-link.js';
import { LinkController } from './link.controller.js';

export interface LinkModuleOptions extends Required<Pick<DynamicModule, 'imports'>> {
  /** Who takes the frames; what it is made of comes from `imports`. */
  receiver: Pick<ExistingProvider<LinkReceiver>, 'useExisting'> | Omit<FactoryProvider<LinkReceiver>, 'provide'>;
}

/** The receiving end of the link, for an app with a `LinkServer`. */
@Module({})
export class LinkModule {
  static forRoot({ imports, receiver }: LinkModuleOptions): DynamicModule {
    return {
      module: LinkModule,
      imports,
      controllers: [LinkController],
      providers: [{ provide: LinkReceiver, ...receiver }],
    };
  }
}
