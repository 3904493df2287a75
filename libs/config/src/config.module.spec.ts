import { Injectable, Module } from '@nestjs/common';
import { Test } from '@nestjs/testing';
import { describe, expect, it } from 'vitest';
import { StandaloneConfig } from './app-configs.js';
import { ConfigModule } from './config.module.js';
import { loadConfig } from './load-config.js';
import { HttpSettings } from './settings/http-settings.js';
import { SessionSettings } from './settings/session-settings.js';

@Injectable()
class Window {
  constructor(readonly settings: SessionSettings) {}
}

@Module({ providers: [Window] })
class DeliveryModule {}

describe('ConfigModule', () => {
  it('gives every module the settings that it asks for', async () => {
    const config = loadConfig(StandaloneConfig, { WINDOW_ENTRIES: '7', PORT: '8080' });
    const module = await Test.createTestingModule({
      imports: [ConfigModule.of(StandaloneConfig, config), DeliveryModule],
    }).compile();
    expect(module.get(Window).settings.WINDOW_ENTRIES).toBe(7);
    expect(module.get(HttpSettings).PORT).toBe(8080);
    expect(module.get(StandaloneConfig)).toBe(config);
  });
});
