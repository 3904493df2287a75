import { INTERCEPTORS_METADATA, MODULE_METADATA } from '@nestjs/common/constants.js';
import { describe, expect, it } from 'vitest';
import { ApiModule } from './api.module.js';
import { UndeclaredQuery } from './http/undeclared-query.js';

const controllers = Reflect.getMetadata(MODULE_METADATA.CONTROLLERS, ApiModule) as { name: string }[];

describe('ApiModule', () => {
  it.each(controllers.map((controller) => [controller.name, controller]))(
    '%s refuses query parameters that it does not declare',
    (_, controller) => {
      expect(Reflect.getMetadata(INTERCEPTORS_METADATA, controller)).toContain(UndeclaredQuery);
    },
  );
});
