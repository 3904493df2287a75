import { type RedisClient, RedisScript } from '@parley/redis-connection';
import { GONE_FOR_MS, REMEMBERED_FOR_MS, RememberedDevices } from '../remembered-devices.js';

/** KEYS: the device, the mark that its generation is gone. ARGV: generation, time to live. */
const REMEMBER = `
if redis.call('EXISTS', KEYS[2]) == 0 then redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2]) end`;

/** KEYS: the device, the mark that its generation is gone. ARGV: generation, time to live of the mark. */
const FORGET = `
redis.call('SET', KEYS[2], '', 'PX', ARGV[2])
if redis.call('GET', KEYS[1]) == ARGV[1] then redis.call('DEL', KEYS[1]) end`;

/** A key per device, and for an hour one per generation that is gone. */
export class RedisRememberedDevices extends RememberedDevices {
  private readonly rememberScript: RedisScript;
  private readonly forgetScript: RedisScript;

  constructor(private readonly redis: RedisClient) {
    super();
    this.rememberScript = new RedisScript(redis, 'remember a device', REMEMBER);
    this.forgetScript = new RedisScript(redis, 'forget a device', FORGET);
  }

  override async remember(userId: string, deviceId: string, generation: string): Promise<void> {
    await this.rememberScript.run([deviceKey(userId, deviceId), goneKey(generation)], generation, REMEMBERED_FOR_MS);
  }

  override recall(userId: string, deviceId: string): Promise<string | null> {
    return this.redis.ask('recall a device', (redis) => redis.get(deviceKey(userId, deviceId)));
  }

  override async forget(userId: string, deviceId: string, generation: string): Promise<void> {
    await this.forgetScript.run([deviceKey(userId, deviceId), goneKey(generation)], generation, GONE_FOR_MS);
  }
}

/** User ids are digits: no two devices share a key. */
function deviceKey(userId: string, deviceId: string): string {
  return `device:${userId}:${deviceId}`;
}

function goneKey(generation: string): string {
  return `device-gone:${generation}`;
}
