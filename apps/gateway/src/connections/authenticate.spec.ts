import { Logger } from '@nestjs/common';
import { EngineUnavailable, limits } from '@parley/contracts';
import type { Device, DeviceDirectory, TokenFamilies } from '@parley/entities';
import { InMemoryRememberedDevices } from '@parley/sessions';
import { SystemClock } from '@parley/snowflake';
import type { AccessTokens } from '@parley/tokens';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Authenticate } from './authenticate.js';
import type { GatewaySettings } from './gateway-settings.js';

const AUTH = { token: 'good', device_id: 'phone', protocol: limits.PROTOCOL_VERSION };
const away = () => Promise.reject(new EngineUnavailable('postgres', 'run a statement', new Error('ECONNREFUSED')));
const deviceOf = (generation: string): Device => ({
  ...{ device_id: 'phone', generation, name: null, platform: null },
  ...{ created_at: 0, last_seen_at: 0 },
});
const silent = () => new Promise<never>(() => undefined);

describe('a handshake', () => {
  let remembered: InMemoryRememberedDevices;
  let connect: ReturnType<typeof vi.fn<() => Promise<Device | 'device_limit'>>>;
  let isRevoked: ReturnType<typeof vi.fn<() => Promise<boolean>>>;
  let authenticate: Authenticate;

  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
    vi.spyOn(Logger.prototype, 'warn').mockReturnValue(undefined);
    remembered = new InMemoryRememberedDevices();
    const device = deviceOf('first');
    connect = vi.fn(async () => device);
    isRevoked = vi.fn(async () => false);
    const verify = async () => ({ ok: true, userId: '42', family: 'login', expiresAt: 1_000 });
    authenticate = new Authenticate(
      { verify } as unknown as AccessTokens,
      { isRevoked } as unknown as TokenFamilies,
      { connect } as unknown as DeviceDirectory,
      remembered,
      { devicesPerUser: 10 } as GatewaySettings,
      new SystemClock(),
    );
  });
  afterEach(() => {
    vi.useRealTimers();
    vi.restoreAllMocks();
  });

  const ofGeneration = (generation: string) => ({ ok: true, identity: { device: { generation } } });

  it('remembers the generation of the device, and takes the newest one', async () => {
    expect(await authenticate.execute(AUTH)).toMatchObject(ofGeneration('first'));
    expect(await remembered.recall('42', 'phone')).toBe('first');
    connect.mockResolvedValue(deviceOf('second'));
    expect(await authenticate.execute(AUTH)).toMatchObject(ofGeneration('second'));
    expect(await remembered.recall('42', 'phone')).toBe('second');
    expect(vi.getTimerCount()).toBe(0);
  });

  it('succeeds with a valid token and a device that is remembered while PostgreSQL is away', async () => {
    await authenticate.execute(AUTH);
    connect.mockImplementation(away);
    isRevoked.mockImplementation(away);
    expect(await authenticate.execute(AUTH)).toMatchObject({
      ok: true,
      identity: { userId: '42', family: 'login', device: { user_id: '42', device_id: 'phone', generation: 'first' } },
    });
  });

  it('fails, without a refusal, for a device that nobody remembers', async () => {
    connect.mockImplementation(away);
    await expect(authenticate.execute(AUTH)).rejects.toBeInstanceOf(EngineUnavailable);
  });

  it('is delayed by a database that hangs for 2 s in all', async () => {
    await authenticate.execute(AUTH);
    connect.mockImplementation(silent);
    isRevoked.mockImplementation(silent);
    const settled = vi.fn();
    const handshake = authenticate.execute(AUTH).finally(settled);
    await vi.advanceTimersByTimeAsync(1_999);
    expect(settled).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(1);
    expect(await handshake).toMatchObject(ofGeneration('first'));
    expect(connect).toHaveBeenCalledTimes(1);
  });

  it('does not take a fault of the statement for an outage', async () => {
    await authenticate.execute(AUTH);
    connect.mockRejectedValue(new Error('no such column'));
    await expect(authenticate.execute(AUTH)).rejects.toThrow('no such column');
  });

  it('refuses a revoked login and one device too many, whatever is remembered', async () => {
    await authenticate.execute(AUTH);
    connect.mockResolvedValue('device_limit');
    expect(await authenticate.execute(AUTH)).toMatchObject({ ok: false, code: 'device_limit' });
    isRevoked.mockResolvedValue(true);
    expect(await authenticate.execute(AUTH)).toMatchObject({ ok: false, code: 'unauthorized' });
  });

  it('succeeds although the device cannot be remembered', async () => {
    vi.spyOn(Logger.prototype, 'debug').mockReturnValue(undefined);
    vi.spyOn(remembered, 'remember').mockRejectedValue(new EngineUnavailable('redis', 'remember', 'away'));
    expect(await authenticate.execute(AUTH)).toMatchObject(ofGeneration('first'));
  });
});
