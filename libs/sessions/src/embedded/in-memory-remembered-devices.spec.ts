import { describe, expect, it } from 'vitest';
import { rememberedDevicesContract } from '../testing/remembered-devices.contract.js';
import { InMemoryRememberedDevices } from './in-memory-remembered-devices.js';

rememberedDevicesContract('InMemoryRememberedDevices', async () => new InMemoryRememberedDevices());

describe('InMemoryRememberedDevices', () => {
  it('holds a bounded number of devices, and lets those go that were used longest ago', async () => {
    const devices = new InMemoryRememberedDevices(2);
    await devices.remember('1', 'phone', 'a');
    await devices.remember('2', 'phone', 'b');
    await devices.recall('1', 'phone');
    await devices.remember('3', 'phone', 'c');
    expect(await devices.recall('1', 'phone')).toBe('a');
    expect(await devices.recall('2', 'phone')).toBeNull();
    expect(await devices.recall('3', 'phone')).toBe('c');
  });
});
