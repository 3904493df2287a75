import { beforeEach, describe, expect, it } from 'vitest';
import type { SessionAddress, SessionRegistry } from '../session-registry.js';

/** What every session registry does. `open` gives an empty one. */
export function sessionRegistryContract(name: string, open: () => Promise<SessionRegistry>): void {
  describe(`${name} as a session registry`, () => {
    let registry: SessionRegistry;

    beforeEach(async () => {
      registry = await open();
    });

    it('finds a session from the moment its registration resolved', async () => {
      const phone = session('1', 'phone');
      expect(await registry.register(phone)).toBeNull();
      expect(await registry.sessionsOf(['1'])).toEqual(new Map([['1', [phone]]]));
    });

    it('keeps the sessions of a user apart by device', async () => {
      const phone = session('1', 'phone');
      const laptop = session('1', 'laptop', { gateway: 'gateway-b' });
      await registry.register(phone);
      expect(await registry.register(laptop)).toBeNull();
      const found = (await registry.sessionsOf(['1'])).get('1');
      expect(found).toHaveLength(2);
      expect(found).toEqual(expect.arrayContaining([phone, laptop]));
    });

    it('gives a device to its newest session and names the one that was replaced', async () => {
      const older = session('1', 'phone');
      const newer = session('1', 'phone', { gateway: 'gateway-b' });
      await registry.register(older);
      expect(await registry.register(newer)).toEqual(older);
      expect(await registry.sessionsOf(['1'])).toEqual(new Map([['1', [newer]]]));
    });

    it('removes a session that still stands in its place', async () => {
      const phone = session('1', 'phone');
      const laptop = session('1', 'laptop');
      await registry.register(phone);
      await registry.register(laptop);
      expect(await registry.remove(phone)).toBe(true);
      expect(await registry.sessionsOf(['1'])).toEqual(new Map([['1', [laptop]]]));
    });

    it('leaves the newer session alone when the older one is removed late', async () => {
      const older = session('1', 'phone');
      const newer = session('1', 'phone');
      await registry.register(older);
      await registry.register(newer);
      expect(await registry.remove(older)).toBe(false);
      expect(await registry.sessionsOf(['1'])).toEqual(new Map([['1', [newer]]]));
    });

    it('says that a session which is not there was not removed', async () => {
      const phone = session('1', 'phone');
      expect(await registry.remove(phone)).toBe(false);
      await registry.register(phone);
      await registry.remove(phone);
      expect(await registry.remove(phone)).toBe(false);
    });

    it('leaves users without a session out of the answer', async () => {
      const phone = session('1', 'phone');
      const gone = session('2', 'phone');
      await registry.register(phone);
      await registry.register(gone);
      await registry.remove(gone);
      expect([...(await registry.sessionsOf(['1', '2', '3'])).keys()]).toEqual(['1']);
      expect(await registry.sessionsOf([])).toEqual(new Map());
    });

    it('lets exactly one of many simultaneous registrations of a device stand, and names every other as replaced', async () => {
      const sessions = Array.from({ length: 20 }, () => session('1', 'phone'));
      const replaced = await Promise.all(sessions.map((one) => registry.register(one)));
      const standing = (await registry.sessionsOf(['1'])).get('1') ?? [];
      expect(standing).toHaveLength(1);
      const named = replaced.filter((one) => one !== null).map((one) => one.session_id);
      expect(named.concat(standing[0].session_id).sort()).toEqual(sessions.map((one) => one.session_id).sort());
    });
  });
}

let sessions = 0;

function session(userId: string, deviceId: string, more: Partial<SessionAddress> = {}): SessionAddress {
  sessions += 1;
  return {
    user_id: userId,
    device_id: deviceId,
    gateway: 'gateway-a',
    incarnation: 'first',
    session_id: `session-${sessions}`,
    ...more,
  };
}
