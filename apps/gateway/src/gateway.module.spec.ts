import 'reflect-metadata';
import { MODULE_METADATA } from '@nestjs/common/constants.js';
import { GATEWAY_METADATA, MESSAGE_METADATA } from '@nestjs/websockets/constants.js';
import { describe, expect, it } from 'vitest';
import { CLIENT_EVENTS } from '@parley/contracts';
import { GatewayModule } from './gateway.module.js';

/** The events that the methods of a gateway class subscribe to. */
function eventsOf(gateway: { prototype: object }): string[] {
  const methods = Object.getOwnPropertyDescriptors(gateway.prototype);
  return Object.values(methods).flatMap(({ value }) => {
    const event: unknown = typeof value === 'function' ? Reflect.getMetadata(MESSAGE_METADATA, value) : undefined;
    return typeof event === 'string' ? [event] : [];
  });
}

describe('The gateway classes', () => {
  it('handle each event of the table once, and no other', () => {
    const providers = Reflect.getMetadata(MODULE_METADATA.PROVIDERS, GatewayModule) as { prototype: object }[];
    const gateways = providers.filter((provider) => Reflect.hasMetadata(GATEWAY_METADATA, provider));
    expect(gateways.flatMap(eventsOf).sort()).toEqual(Object.keys(CLIENT_EVENTS).sort());
  });
});
