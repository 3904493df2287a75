import { beforeEach, describe, expect, it } from 'vitest';
import type { Device, DeviceDirectory } from '../device-directory.js';
import type { UserDirectory } from '../user-directory.js';
import { register, tally } from './people.js';

export interface DeviceDirectoryUnderTest {
  devices: DeviceDirectory;
  users: UserDirectory;
}

const NOW = Date.UTC(2026, 0, 1);
const EXPIRY_MS = 1_000_000;

/** What every device directory does. `open` gives an empty one. */
export function deviceDirectoryContract(name: string, open: () => Promise<DeviceDirectoryUnderTest>): void {
  describe(`${name} as a device directory`, () => {
    let devices: DeviceDirectory;
    let userId: string;
    let otherId: string;

    beforeEach(async () => {
      const store = await open();
      devices = store.devices;
      [userId, otherId] = (await register(store.users, 2)) as [string, string];
    });

    const connect = (deviceId: string, more: { now?: number; limit?: number; userId?: string } = {}) =>
      devices.connect({ userId, deviceId, now: NOW, limit: 3, expiryMs: EXPIRY_MS, ...more });
    const connected = async (...args: Parameters<typeof connect>): Promise<Device> => {
      const device = await connect(...args);
      if (device === 'device_limit') throw new Error('device_limit');
      return device;
    };

    it('creates a device that connects for the first time', async () => {
      const phone = await connected('phone');
      expect(phone).toEqual({ device_id: 'phone', generation: phone.generation, created_at: NOW, last_seen_at: NOW });
      expect(phone.generation).not.toBe('');
    });

    it('keeps the generation of a device that returns, and notes when it was seen', async () => {
      const before = await connected('phone');
      const after = await connected('phone', { now: NOW + EXPIRY_MS - 1 });
      expect(after).toEqual({ ...before, last_seen_at: NOW + EXPIRY_MS - 1 });
    });

    it('never sets back when a device was seen', async () => {
      await connect('phone', { now: NOW + 5_000 });
      expect((await connected('phone', { now: NOW })).last_seen_at).toBe(NOW + 5_000);
    });

    it('gives a device another life when it was away for the expiry', async () => {
      const before = await connected('phone');
      const after = await connected('phone', { now: NOW + EXPIRY_MS });
      expect(after).toMatchObject({ created_at: NOW + EXPIRY_MS, last_seen_at: NOW + EXPIRY_MS });
      expect(after.generation).not.toBe(before.generation);
    });

    it('refuses one device more than the limit and still takes those it knows', async () => {
      for (const name of ['phone', 'laptop', 'tablet']) await connected(name);
      expect(await connect('watch')).toBe('device_limit');
      expect(await connect('tablet')).toMatchObject({ device_id: 'tablet' });
    });

    it('does not count devices that have expired', async () => {
      for (const name of ['phone', 'laptop', 'tablet']) await connected(name);
      await connected('phone', { now: NOW + 1 });
      expect(await connect('watch', { now: NOW + EXPIRY_MS })).toMatchObject({ device_id: 'watch' });
      expect(await connect('laptop', { now: NOW + EXPIRY_MS })).toMatchObject({ device_id: 'laptop' });
      expect(await connect('tablet', { now: NOW + EXPIRY_MS })).toBe('device_limit');
    });

    it('counts the devices of each user alone, and keeps equal names apart', async () => {
      const mine = await connected('phone', { limit: 1 });
      const theirs = await connected('phone', { limit: 1, userId: otherId });
      expect(theirs.generation).not.toBe(mine.generation);
    });

    it('creates one device of many first connects at once', async () => {
      const found = await Promise.all(Array.from({ length: 10 }, () => connected('phone')));
      expect(new Set(found.map((device) => device.generation)).size).toBe(1);
    });

    it('holds the limit when many new devices connect at once', async () => {
      const names = Array.from({ length: 12 }, (_, index) => `device-${index}`);
      const answers = await Promise.all(names.map((name) => connect(name)));
      expect(tally(answers.map((answer) => (answer === 'device_limit' ? answer : 'connected')))).toEqual({
        connected: 3,
        device_limit: 9,
      });
    });
  });
}
