import type { RedisClient } from '@parley/redis-connection';
import { REMEMBERED_FOR_MS, RememberedDevices } from '../remembered-devices.js';

/** A key per device. */
export class RedisRememberedDevices extends RememberedDevices {
  constructor(private readonly redis: RedisClient) {
    super();
  }

  override async remember(userId: string, deviceId: string, generation: string): Promise<void> {
    const key = deviceKey(userId, deviceId);
    await this.redis.ask('remember a device', (redis) => redis.set(key, generation, 'PX', REMEMBERED_FOR_MS));
  }

  override recall(userId: string, deviceId: string): Promise<string | null> {
    return this.redis.ask('recall a device', (redis) => redis.get(deviceKey(userId, deviceId)));
  }

  override async forget(userId: string, deviceId: string): Promise<void> {
    await this.redis.ask('forget a device', (redis) => redis.del(deviceKey(userId, deviceId)));
  }
}

/** User ids are digits: no two devices share a key. */
function deviceKey(userId: string, deviceId: string): string {
  return `device:${userId}:${deviceId}`;
}
