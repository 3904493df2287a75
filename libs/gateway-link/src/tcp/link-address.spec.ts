import { describe, expect, it } from 'vitest';
import { parseLinkAddress } from './link-address.js';

describe('an address on the link', () => {
  it('is a host and a port', () => {
    expect(parseLinkAddress('gateway-1.chat:7000')).toEqual({ host: 'gateway-1.chat', port: 7000 });
    expect(parseLinkAddress('10.0.0.7:65535')).toEqual({ host: '10.0.0.7', port: 65_535 });
    expect(parseLinkAddress('[fd00::7]:7000')).toEqual({ host: 'fd00::7', port: 7000 });
  });

  it('is nothing else', () => {
    for (const name of ['', 'host', 'host:', 'host:0', 'host:65536', ':7', 'fd00::7:7000', 'a/b:7', 'a b:7', '[]:7']) {
      expect(parseLinkAddress(name)).toBeNull();
    }
  });
});
