import { EngineUnavailable, limits } from '@parley/contracts';
import type { TokenFamilies } from '@parley/entities';
import { InMemoryDeviceDirectory } from '@parley/entities/testing';
import { InMemoryRememberedDevices } from '@parley/sessions';
import { ManualClock } from '@parley/snowflake/testing';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { endOf, sessionUnderTest, type SessionUnderTest } from '../../test/sessions-under-test.js';
import { RecheckSessions } from './recheck-sessions.js';
import { SessionTable } from './session-table.js';

describe('RecheckSessions', () => {
  let sessions: SessionTable;
  let revoked: Set<string>;
  let asked: (readonly string[])[];
  let isAway: boolean;
  let devices: InMemoryDeviceDirectory;
  let remembered: InMemoryRememberedDevices;
  let clock: ManualClock;
  let recheck: RecheckSessions;

  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'performance'] });
    sessions = new SessionTable();
    revoked = new Set();
    asked = [];
    isAway = false;
    const revokedAmong = async (families: readonly string[]) => {
      if (isAway) throw new EngineUnavailable('postgres', 'find logins', new Error('connection refused'));
      asked.push(families);
      return new Set(families.filter((family) => revoked.has(family)));
    };
    devices = new InMemoryDeviceDirectory();
    remembered = new InMemoryRememberedDevices();
    clock = new ManualClock();
    const families = { revokedAmong } as unknown as TokenFamilies;
    recheck = new RecheckSessions(sessions, families, devices, remembered, clock);
    recheck.onApplicationBootstrap();
  });
  afterEach(() => {
    recheck.onApplicationShutdown();
    vi.useRealTimers();
  });

  const admission = (deviceId: string) => ({
    ...{ userId: '42', deviceId, now: clock.wallMs(), limit: 1_000, expiryMs: limits.DEVICE_EXPIRY_MS },
  });

  async function open(family: string, deviceId = 'phone'): Promise<SessionUnderTest> {
    const device = await devices.connect(admission(deviceId));
    const opened = sessionUnderTest({ family, deviceId });
    if (device !== 'device_limit') opened.session.identity.device.generation = device.generation;
    sessions.add(opened.session);
    return opened;
  }

  /** Time passes, of which the wall clock knows, too. */
  async function pass(ms: number): Promise<void> {
    clock.advance(ms);
    await vi.advanceTimersByTimeAsync(ms);
  }

  it('ends the sessions of a revoked login within a minute, though no signal came, and no others', async () => {
    const [mine, others] = [await open('stolen'), await open('fine')];
    await vi.advanceTimersByTimeAsync(60_000);
    expect([endOf(mine), endOf(others)]).toEqual([null, null]);
    revoked.add('stolen');
    await vi.advanceTimersByTimeAsync(60_000);
    expect([endOf(mine), endOf(others)]).toEqual(['revoked', null]);
  });

  it('asks for many logins at once, and for each login once', async () => {
    for (let index = 0; index < 600; index++) await open(`login-${index % 5}`);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(asked).toEqual([['login-0', 'login-1', 'login-2', 'login-3', 'login-4']]);
  });

  it('ends nobody while the database is away, and looks everyone up soon after it is back', async () => {
    const opened = [await open('stolen'), await open('fine')];
    revoked.add('stolen');
    isAway = true;
    await vi.advanceTimersByTimeAsync(120_000);
    expect(opened.map(endOf)).toEqual([null, null]);
    isAway = false;
    await vi.advanceTimersByTimeAsync(1_000);
    expect(opened.map(endOf)).toEqual(['revoked', null]);
  });

  it('does not hold an earlier login against a session that was refreshed from another one', async () => {
    const opened = await open('stolen');
    revoked.add('stolen');
    opened.session.identity.family = 'fine';
    await vi.advanceTimersByTimeAsync(60_000);
    expect(endOf(opened)).toBeNull();
    expect(asked).toEqual([['fine']]);
  });

  it('ends the session of a removed device within a minute, though no signal came, and lets nobody bring it back', async () => {
    const [phone, laptop] = [await open('login'), await open('login', 'laptop')];
    await devices.remove('42', 'phone', 0);
    const { generation } = phone.session.identity.device;
    await remembered.remember('42', 'phone', generation);
    await pass(60_000);
    expect([endOf(phone), endOf(laptop)]).toEqual(['revoked', null]);
    expect(await remembered.recall('42', 'phone')).toBeNull();
    await remembered.remember('42', 'phone', generation);
    expect(await remembered.recall('42', 'phone')).toBeNull();
  });

  it('does not end a session of a device that was removed and came back', async () => {
    await open('login');
    await devices.remove('42', 'phone', 0);
    const again = await open('login');
    await pass(120_000);
    expect(endOf(again)).toBeNull();
  });

  it('notes every ten minutes, and no more often, that a connected device is seen', async () => {
    await open('login');
    const seenAt = async () => (await devices.devicesOf('42', { seenAfter: 0, limit: 1 }))[0].last_seen_at;
    const start = clock.wallMs();
    await pass(540_000);
    expect(await seenAt()).toBe(start);
    for (let minute = 0; minute < 60; minute++) await pass(60_000);
    expect(clock.wallMs() - (await seenAt())).toBeLessThanOrEqual(660_000);
  });
});
