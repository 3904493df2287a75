import { EngineUnavailable } from '@parley/contracts';
import { InMemoryDeviceDirectory } from '@parley/entities/testing';
import { ManualClock } from '@parley/snowflake/testing';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { LastSeen } from './last-seen.js';

describe('LastSeen', () => {
  let devices: InMemoryDeviceDirectory;
  let clock: ManualClock;
  let lastSeen: LastSeen;

  beforeEach(() => {
    vi.useFakeTimers();
    devices = new InMemoryDeviceDirectory();
    clock = new ManualClock();
    lastSeen = new LastSeen(devices, clock);
    lastSeen.onApplicationBootstrap();
  });
  afterEach(async () => {
    await lastSeen.onApplicationShutdown();
    vi.useRealTimers();
  });

  async function connect(deviceId: string) {
    const admission = { userId: '42', deviceId, now: clock.wallMs(), limit: 10, expiryMs: 1_000_000 };
    const device = await devices.connect(admission);
    if (device === 'device_limit') throw new Error(device);
    return { user_id: '42', device_id: deviceId, generation: device.generation };
  }
  const seenAt = async () =>
    (await devices.devicesOf('42', { seenAfter: 0, limit: 10 })).map((one) => one.last_seen_at);

  it('notes when devices left, within a second and in one statement', async () => {
    const renew = vi.spyOn(devices, 'renew');
    const lives = [await connect('phone'), await connect('laptop')];
    clock.advance(5_000);
    for (const life of lives) lastSeen.note(life);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(await seenAt()).toEqual([clock.wallMs(), clock.wallMs()]);
    await vi.advanceTimersByTimeAsync(10_000);
    expect(renew).toHaveBeenCalledTimes(1);
  });

  it('notes those who left last when the gateway stops', async () => {
    lastSeen.note(await connect('phone'));
    clock.advance(5_000);
    await lastSeen.onApplicationShutdown();
    expect(await seenAt()).toEqual([clock.wallMs()]);
  });

  it('holds nobody up while the database is away, and keeps a bounded number', async () => {
    const renew = vi.spyOn(devices, 'renew').mockRejectedValue(new EngineUnavailable('postgres', 'renew', 'away'));
    for (let index = 0; index < 20_010; index++) {
      lastSeen.note({ user_id: '42', device_id: 'phone', generation: `life-${index}` });
    }
    await vi.advanceTimersByTimeAsync(1_000);
    expect(renew.mock.calls[0][0]).toHaveLength(20_000);
    await vi.advanceTimersByTimeAsync(10_000);
    expect(renew).toHaveBeenCalledTimes(1);
  });
});
