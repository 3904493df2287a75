import { describe, expect, it } from 'vitest';
import { addressBucket } from './address-bucket.js';

describe('addressBucket', () => {
  it('counts an IPv4 address by itself, mapped into IPv6 or not', () => {
    expect(addressBucket('192.0.2.7')).toBe('192.0.2.7');
    expect(addressBucket('::ffff:192.0.2.7')).toBe('192.0.2.7');
    expect(addressBucket('192.0.2.8')).not.toBe('192.0.2.7');
  });

  it('counts IPv6 addresses by their /64, however they are written', () => {
    for (const address of [
      '2001:db8:0:7::1',
      '2001:0db8:0000:0007:ffff::',
      '2001:DB8:0:7:1:2:3:4',
      '2001:db8::7:1:2:3:4',
    ]) {
      expect(addressBucket(address)).toBe('2001:db8:0:7::/64');
    }
    expect(addressBucket('2001:db8:0:8::1')).toBe('2001:db8:0:8::/64');
    expect(addressBucket('::1')).toBe('0:0:0:0::/64');
    expect(addressBucket('fe80::1')).toBe('fe80:0:0:0::/64');
  });
});
