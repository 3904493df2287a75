import { describe, expect, it } from 'vitest';
import { gatewayLinkContract } from '../testing/gateway-link.contract.js';
import { InProcessGatewayLink } from './in-process-gateway-link.js';

gatewayLinkContract('InProcessGatewayLink', async () => {
  const link = new InProcessGatewayLink();
  return {
    link,
    names: { a: 'gateway-a', b: 'gateway-b', absent: 'gateway-x' },
    connect: async (gateway, receiver) => link.attach(gateway, receiver),
    disconnect: async (gateway) => link.detach(gateway),
    close: async () => undefined,
  };
});

describe('InProcessGatewayLink', () => {
  it('refuses a second receiver under a name that is taken', () => {
    const link = new InProcessGatewayLink();
    link.attach('gateway-a', { take: () => undefined });
    expect(() => link.attach('gateway-a', { take: () => undefined })).toThrow(/gateway-a already/);
  });
});
