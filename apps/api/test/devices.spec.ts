import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { limits, type SignedInView } from '@parley/contracts';
import { DeviceDirectory } from '@parley/entities';
import { InMemoryDeviceDirectory } from '@parley/entities/testing';
import { RememberedDevices } from '@parley/sessions';
import { Signals, type Signal } from '@parley/signals';
import { Clock } from '@parley/snowflake';
import { ManualClock } from '@parley/snowflake/testing';
import { startApi, type ApiUnderTest } from './api-under-test.js';
import { call, expectProblem, register, type Call } from './requests.js';

let api: ApiUnderTest;
let clock: ManualClock;
let devices: InMemoryDeviceDirectory;
let alice: SignedInView;
let bob: SignedInView;
const as = (user: SignedInView, route: string, more: Call = {}) =>
  call(api.origin, route, { token: user.access_token, ...more });
const list = async (user: SignedInView) => (await as(user, 'GET /devices')).body.items;

beforeEach(async () => {
  clock = new ManualClock();
  api = await startApi({ devicesPerUser: 3 }, [{ provide: Clock, useValue: clock }]);
  devices = api.app.get(DeviceDirectory);
  [alice, bob] = await Promise.all([register(api.origin, 'alice'), register(api.origin, 'bob')]);
});

afterEach(() => api.close());

describe('a device', () => {
  it('is created by its first label, and is shown with what was said last', async () => {
    const created = await as(alice, 'PUT /devices/my-phone_1', { body: { name: 'Mine', platform: 'ios' } });
    const now = new Date(clock.wallMs()).toISOString();
    const times = { created_at: now, last_seen_at: now };
    expect([created.status, created.body]).toEqual([
      201,
      { device_id: 'my-phone_1', name: 'Mine', platform: 'ios', ...times },
    ]);
    const renamed = await as(alice, 'PUT /devices/my-phone_1', { body: { name: null } });
    expect([renamed.status, renamed.body]).toMatchObject([200, { name: null, platform: 'ios' }]);
    expect((await as(alice, 'PUT /devices/my-phone_1')).body).toEqual(renamed.body);
    expect(await list(alice)).toEqual([renamed.body]);
    expect(await list(bob)).toEqual([]);
  });

  it('is refused where it is one more than the limit', async () => {
    for (const name of ['a', 'b', 'c']) await as(alice, `PUT /devices/${name}`);
    expectProblem(await as(alice, 'PUT /devices/d'), 'device_limit');
    expect((await as(alice, 'PUT /devices/c', { body: { name: 'C' } })).status).toBe(200);
    await as(alice, 'DELETE /devices/a');
    expect((await as(alice, 'PUT /devices/d')).status).toBe(201);
  });

  it.each([{ name: '' }, { name: 7 }, { name: 'x'.repeat(129) }, { platform: 'a\u0000b' }, { color: 'red' }, []])(
    'takes no labels like %j',
    async (body) => {
      expectProblem(await as(alice, 'PUT /devices/phone', { body }), 'validation_failed');
      expect(await list(alice)).toEqual([]);
    },
  );

  it('has a name of its own form, or there is none', async () => {
    for (const route of ['PUT', 'DELETE']) {
      for (const name of ['a.b', 'x'.repeat(65), '%20', '%F0%9F%98%80']) {
        expectProblem(await as(alice, `${route} /devices/${name}`), 'not_found');
      }
    }
  });

  it('goes when it was not seen for 30 days', async () => {
    await as(alice, 'PUT /devices/phone');
    clock.advance(limits.DEVICE_EXPIRY_MS);
    const later = await call(api.origin, 'POST /auth/login', { body: { handle: 'alice', password: 'correct horse' } });
    expect(await list(later.body)).toEqual([]);
    expectProblem(await as(later.body, 'DELETE /devices/phone'), 'not_found');
  });
});

describe('the list of devices', () => {
  it('comes in pages that lead through all of it once, by cursors of this user and list alone', async () => {
    for (const name of ['c', 'a', 'b']) await as(alice, `PUT /devices/${name}`);
    const first = await as(alice, 'GET /devices?limit=2');
    expect(first.body.items).toMatchObject([{ device_id: 'a' }, { device_id: 'b' }]);
    const second = await as(alice, `GET /devices?limit=2&cursor=${first.body.next_cursor}`);
    expect(second.body).toMatchObject({ items: [{ device_id: 'c' }], next_cursor: null });
    expectProblem(await as(bob, `GET /devices?cursor=${first.body.next_cursor}`), 'invalid_cursor');
    expectProblem(await as(alice, `GET /blocks?cursor=${first.body.next_cursor}`), 'invalid_cursor');
    expectProblem(await as(alice, 'GET /devices?limit=0'), 'validation_failed');
  });
});

describe('the removal of a device', () => {
  const lifeOf = async (deviceId: string) => {
    const { user_id: userId } = alice.user;
    const device = await devices.connect({ userId, deviceId, now: clock.wallMs(), limit: 3, expiryMs: 1_000_000 });
    if (device === 'device_limit') throw new Error(device);
    return device.generation;
  };

  it('tells every gateway which life has ended, and lets no memory bring it back', async () => {
    const generation = await lifeOf('phone');
    const { user_id: userId } = alice.user;
    const remembered = api.app.get(RememberedDevices);
    await remembered.remember(userId, 'phone', generation);
    const heard: Signal[] = [];
    api.app.get(Signals).subscribe((signal) => heard.push(signal));
    expect((await as(alice, 'DELETE /devices/phone')).status).toBe(204);
    expect(heard).toEqual([{ type: 'device-removed', generation }]);
    // A handshake that had looked before the removal remembers what it found only now.
    await remembered.remember(userId, 'phone', generation);
    expect(await remembered.recall(userId, 'phone')).toBeNull();
    expect(await lifeOf('phone')).not.toBe(generation);
  });

  it('succeeds although the memory cannot be reached', async () => {
    await lifeOf('phone');
    api.app.get(RememberedDevices).forget = () => Promise.reject(new Error('away'));
    expect((await as(alice, 'DELETE /devices/phone')).status).toBe(204);
    expect(await list(alice)).toEqual([]);
  });

  it('finds only devices of the caller, once', async () => {
    await lifeOf('phone');
    expectProblem(await as(bob, 'DELETE /devices/phone'), 'not_found');
    expect((await as(alice, 'DELETE /devices/phone')).status).toBe(204);
    expectProblem(await as(alice, 'DELETE /devices/phone'), 'not_found');
  });
});

describe('a push token', () => {
  const PUSH = { provider: 'fcm', token: 'canary' };

  it('is kept for a device of the caller, replaced and taken away, and never shown', async () => {
    await as(alice, 'PUT /devices/phone');
    const put = (body: unknown, name = 'phone') => as(alice, `PUT /devices/${name}/push-token`, { body });
    expect([(await put(PUSH)).status, (await put({ ...PUSH, provider: 'apns' })).status]).toEqual([204, 204]);
    expect([...devices.pushTokens.values()]).toEqual([{ provider: 'apns', token: 'canary' }]);
    expect(JSON.stringify(await list(alice))).not.toContain('canary');
    expect((await as(alice, 'DELETE /devices/phone/push-token')).status).toBe(204);
    expect((await as(alice, 'DELETE /devices/phone/push-token')).status).toBe(204);
    expect(devices.pushTokens.size).toBe(0);
    expectProblem(await put(PUSH, 'laptop'), 'not_found');
    expectProblem(await as(bob, 'DELETE /devices/phone/push-token'), 'not_found');
  });

  it.each([
    {},
    { provider: 'fcm' },
    { provider: 'smoke', token: 'x' },
    { ...PUSH, token: '' },
    { ...PUSH, token: 'x'.repeat(4_097) },
    { ...PUSH, more: 1 },
  ])('is not taken as %j', async (body) => {
    await as(alice, 'PUT /devices/phone');
    expectProblem(await as(alice, 'PUT /devices/phone/push-token', { body }), 'validation_failed');
  });
});
