import { beforeEach, describe, expect, it } from 'vitest';
import type { Device, DeviceDirectory, DeviceLabels, PushToken } from '../device-directory.js';
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
      const times = { created_at: NOW, last_seen_at: NOW };
      expect(phone).toEqual({
        device_id: 'phone',
        generation: phone.generation,
        name: null,
        platform: null,
        ...times,
      });
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

    describe('labels', () => {
      const label = (deviceId: string, labels: DeviceLabels, more: { now?: number; limit?: number } = {}) =>
        devices.label({ userId, deviceId, now: NOW, limit: 3, expiryMs: EXPIRY_MS, ...more }, labels);

      it('are given to a device that is there, which is not seen by that', async () => {
        const phone = await connected('phone');
        const labelled = await label('phone', { name: 'Mine', platform: 'ios' }, { now: NOW + 1 });
        expect(labelled).toEqual({ device: { ...phone, name: 'Mine', platform: 'ios' }, isNew: false });
        expect(await connected('phone')).toEqual({ ...phone, name: 'Mine', platform: 'ios' });
      });

      it('stay where they are left out, and go with null', async () => {
        await label('phone', { name: 'Mine', platform: 'ios' });
        expect(await label('phone', { name: null })).toMatchObject({ device: { name: null, platform: 'ios' } });
        expect(await label('phone', {})).toMatchObject({ device: { name: null, platform: 'ios' } });
      });

      it('create a device that is absent, up to the limit', async () => {
        const created = await label('phone', { name: 'Mine' });
        expect(created).toMatchObject({ device: { device_id: 'phone', name: 'Mine', created_at: NOW }, isNew: true });
        expect(await connected('phone')).toMatchObject({ name: 'Mine' });
        for (const name of ['laptop', 'tablet']) await connected(name);
        expect(await label('watch', {})).toBe('device_limit');
        expect(await label('tablet', { name: 'Big' })).toMatchObject({ isNew: false });
      });

      it('are given to the device or to the one that comes after it, when it is removed at the same time', async () => {
        for (let round = 0; round < 20; round++) {
          await connected('phone');
          const removing = devices.remove(userId, 'phone', NOW - 1);
          const labelled = await Promise.all(['A', 'B', 'C'].map((name) => label('phone', { name })));
          for (const one of labelled) expect(one).toMatchObject({ device: { device_id: 'phone' } });
          await removing;
        }
      });

      it('are not those of an earlier life', async () => {
        await label('phone', { name: 'Mine' });
        expect(await label('phone', {}, { now: NOW + EXPIRY_MS })).toMatchObject({
          device: { name: null },
          isNew: true,
        });
      });
    });

    describe('the list', () => {
      const SEEN_AFTER = NOW - EXPIRY_MS;

      it('has all of one user in the order in which they came, page by page', async () => {
        for (const [index, name] of ['phone', 'laptop', 'tablet'].entries()) await connect(name, { now: NOW + index });
        await connect('theirs', { userId: otherId });
        const first = await devices.devicesOf(userId, { seenAfter: SEEN_AFTER, limit: 2 });
        expect(first.map(({ device_id }) => device_id)).toEqual(['phone', 'laptop']);
        const rest = await devices.devicesOf(userId, { seenAfter: SEEN_AFTER, limit: 2, after: first[1] });
        expect(rest.map(({ device_id }) => device_id)).toEqual(['tablet']);
      });

      it('puts those that came in the same moment in the order of their names', async () => {
        for (const name of ['c', 'a', 'b']) await connect(name);
        const [first] = await devices.devicesOf(userId, { seenAfter: SEEN_AFTER, limit: 1 });
        const rest = await devices.devicesOf(userId, { seenAfter: SEEN_AFTER, limit: 5, after: first });
        expect([first, ...rest].map((device) => device?.device_id)).toEqual(['a', 'b', 'c']);
      });

      it('leaves out what has expired', async () => {
        await connect('phone');
        await connect('laptop', { now: NOW + 1 });
        const left = await devices.devicesOf(userId, { seenAfter: NOW, limit: 5 });
        expect(left.map(({ device_id }) => device_id)).toEqual(['laptop']);
      });
    });

    describe('a removal', () => {
      it('ends the life of one device, which may come back in another and makes room for the limit', async () => {
        const [phone, laptop] = [await connected('phone'), await connected('laptop')];
        expect(await devices.remove(userId, 'phone', NOW - 1)).toBe(phone.generation);
        expect(await connected('tablet', { limit: 2 })).toMatchObject({ device_id: 'tablet' });
        const again = await connected('phone');
        expect(again.generation).not.toBe(phone.generation);
        expect((await connected('laptop')).generation).toBe(laptop.generation);
      });

      it('finds nothing of what is absent, expired or of somebody else', async () => {
        await connect('phone');
        await connect('theirs', { userId: otherId });
        for (const [name, seenAfter] of [
          ['laptop', NOW - 1],
          ['theirs', NOW - 1],
          ['phone', NOW],
        ] as const) {
          expect(await devices.remove(userId, name, seenAfter)).toBeNull();
        }
        expect(await devices.devicesOf(otherId, { seenAfter: 0, limit: 5 })).toHaveLength(1);
      });

      it('happens once, however many ask at once', async () => {
        await connect('phone');
        const answers = await Promise.all(Array.from({ length: 5 }, () => devices.remove(userId, 'phone', NOW - 1)));
        expect(answers.filter((generation) => generation !== null)).toHaveLength(1);
      });
    });

    describe('a renewal', () => {
      const lifeOf = ({ device_id, generation }: Device, user_id = userId) => ({ user_id, device_id, generation });
      const seenAt = async (name: string) => {
        const all = await devices.devicesOf(userId, { seenAfter: 0, limit: 5 });
        return all.find(({ device_id }) => device_id === name)?.last_seen_at;
      };

      it('notes when devices were seen, never backwards, and names those whose life is over', async () => {
        const [phone, laptop, theirs] = [
          await connected('phone'),
          await connected('laptop'),
          await connected('phone', { userId: otherId }),
        ];
        await devices.remove(userId, 'laptop', 0);
        await connect('laptop');
        const lives = [lifeOf(phone), lifeOf(laptop), lifeOf(theirs, otherId)];
        expect(await devices.renew(lives, NOW + 500)).toEqual([lifeOf(laptop)]);
        expect([await seenAt('phone'), await seenAt('laptop')]).toEqual([NOW + 500, NOW]);
        expect(await devices.renew([lifeOf(phone)], NOW + 400)).toEqual([]);
        expect(await seenAt('phone')).toBe(NOW + 500);
        expect(await devices.renew([], NOW)).toEqual([]);
      });

      it('writes nothing where the last one is younger than asked for', async () => {
        const phone = await connected('phone');
        expect(await devices.renew([lifeOf(phone)], NOW + 999, 1_000)).toEqual([]);
        expect(await seenAt('phone')).toBe(NOW);
        expect(await devices.renew([lifeOf(phone)], NOW + 1_001, 1_000)).toEqual([]);
        expect(await seenAt('phone')).toBe(NOW + 1_001);
      });
    });

    it('keeps one push token of a device that is there, and shows it to nobody', async () => {
      const phone = await connected('phone');
      const put = (push: PushToken | null, name = 'phone', seenAfter = NOW - 1) =>
        devices.putPushToken(userId, name, push, seenAfter);
      expect(await put({ provider: 'fcm', token: 'canary' })).toBe(true);
      expect(await put({ provider: 'apns', token: 'canary' })).toBe(true);
      expect(await put(null, 'laptop')).toBe(false);
      expect(await put({ provider: 'apns', token: 'canary' }, 'phone', NOW)).toBe(false);
      expect(await connected('phone')).toEqual(phone);
      expect(await devices.devicesOf(userId, { seenAfter: 0, limit: 5 })).toEqual([phone]);
      expect(await put(null)).toBe(true);
    });
  });
}
