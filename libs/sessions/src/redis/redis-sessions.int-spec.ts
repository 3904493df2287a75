import { engineAddresses } from '@parley/harness';
import { RedisNamespace } from '@parley/redis-connection/testing';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { LEASE_MS } from '../gateway-leases.js';
import { MARKS_FOR_MS } from '../presence-marks.js';
import { gatewayLeasesContract } from '../testing/gateway-leases.contract.js';
import { presenceMarksContract } from '../testing/presence-marks.contract.js';
import { rememberedDevicesContract } from '../testing/remembered-devices.contract.js';
import { sessionRegistryContract } from '../testing/session-registry.contract.js';
import { leaseOf, session } from '../testing/sessions.js';
import { RedisGatewayLeases } from './redis-gateway-leases.js';
import { RedisPresenceMarks } from './redis-presence-marks.js';
import { RedisRememberedDevices } from './redis-remembered-devices.js';
import { RedisSessionRegistry } from './redis-session-registry.js';

let namespace: RedisNamespace;

beforeAll(async () => {
  namespace = await RedisNamespace.open(engineAddresses().redisUrl);
});
afterAll(() => namespace.close());

/** All adapters on one connection, on nothing. */
async function openEmpty() {
  await namespace.wipe();
  const redis = await namespace.client();
  let now = 0;
  const pass = async (ms: number) => {
    now += ms;
    await namespace.age(ms);
  };
  const registry = new RedisSessionRegistry(redis, () => now);
  return { redis, registry, leases: new RedisGatewayLeases(redis), pass, wipe: () => namespace.wipe() };
}

gatewayLeasesContract('RedisGatewayLeases', openEmpty);
sessionRegistryContract('RedisSessionRegistry', openEmpty);
presenceMarksContract('RedisPresenceMarks', async () => new RedisPresenceMarks((await openEmpty()).redis));
rememberedDevicesContract('RedisRememberedDevices', async () => new RedisRememberedDevices((await openEmpty()).redis));

describe('RedisPresenceMarks', () => {
  it('forget who never comes back', async () => {
    const { redis } = await openEmpty();
    await new RedisPresenceMarks(redis).noteLeave('1', 'online');
    expect(await namespace.keys()).toEqual(['presence:1']);
    await namespace.age(MARKS_FOR_MS);
    expect(await namespace.keys()).toEqual([]);
  });

  it('keep nobody there whose leave lies in the future, as after a clock was set back', async () => {
    const { redis } = await openEmpty();
    const marks = new RedisPresenceMarks(redis);
    const inAnHour = Date.now() + 3_600_000;
    for (const user of ['1', '2']) {
      await redis.ask('leave', (commands) =>
        commands.hset(`presence:${user}`, { left: inAnHour, left_online: inAnHour }),
      );
    }
    await marks.noteLeave('2', 'away');
    const leaves = await marks.leavesOf(['1', '2']);
    expect([...leaves.keys()]).toEqual(['2']);
    expect(leaves.get('2')).toMatchObject({ sinceOnlineMs: null });
  });
});

describe('RedisGatewayLeases', () => {
  it('leaves it to Redis to end a lease', async () => {
    const { redis, leases } = await openEmpty();
    await leases.take(leaseOf('gateway-a'));
    const left = await redis.ask('time to live', (commands) => commands.pttl('lease:gateway-a'));
    expect(left).toBeGreaterThan(LEASE_MS - 1_000);
    expect(left).toBeLessThanOrEqual(LEASE_MS);
  });
});

describe('RedisSessionRegistry', () => {
  it('clears places away that it finds under a dead lease, and leaves those that live', async () => {
    const { redis, registry, leases } = await openEmpty();
    for (const gateway of ['gateway-a', 'gateway-b']) await leases.take(leaseOf(gateway));
    await registry.register(session('1', 'phone'));
    await registry.register(session('1', 'laptop', { gateway: 'gateway-b' }));
    await leases.release(leaseOf('gateway-a'));
    await registry.sessionsOf(['1']);
    const devices = () => redis.ask('devices', (commands) => commands.hkeys('sessions:1'));
    await vi.waitFor(async () => expect(await devices()).toEqual(['laptop']));
  });

  it('leaves nothing behind of a user whose sessions are gone', async () => {
    const { registry, leases } = await openEmpty();
    await leases.take(leaseOf('gateway-a'));
    const phone = session('1', 'phone');
    await registry.register(phone);
    await registry.remove(phone);
    expect((await namespace.keys()).toSorted()).toEqual(['gateways', 'lease:gateway-a']);
  });

  it('lets every place end some day, for users who never come back', async () => {
    const { registry, leases } = await openEmpty();
    await leases.take(leaseOf('gateway-a'));
    await registry.register(session('1', 'phone'));
    await registry.reclaim([session('2', 'phone')]);
    await namespace.age(31 * 24 * 3_600_000);
    expect(await namespace.keys()).toEqual([]);
  });

  it('takes sessions back after everything was lost', async () => {
    const { registry, leases, wipe } = await openEmpty();
    const sessions = [session('1', 'phone'), session('2', 'phone')];
    await leases.take(leaseOf('gateway-a'));
    for (const one of sessions) await registry.register(one);
    await wipe();
    expect(await leases.renew(leaseOf('gateway-a'))).toBe(false);
    await leases.take(leaseOf('gateway-a', 'second'));
    const again = sessions.map((one) => ({ ...one, incarnation: 'second' }));
    expect(await registry.reclaim(again)).toEqual({ lost: [], replaced: [] });
    expect((await registry.sessionsOf(['1', '2'])).size).toBe(2);
  });
});
