import type { Availability } from '@parley/contracts';
import { RedisScript, type RedisClient } from '@parley/redis-connection';
import { MARKS_FOR_MS, PresenceMarks, type Leave } from '../presence-marks.js';

/** A leave that lies further ahead was marked before the clock was set back: when it was is not known any more. */
const AHEAD_MS = 1_000;

/** KEYS: the user's marks. ARGV: whether the session was online, time to live. By the clock of Redis: the gateways' differ. */
const NOTE_LEAVE = `
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
redis.call('HSET', KEYS[1], 'left', now)
if ARGV[1] == 'online' then redis.call('HSET', KEYS[1], 'left_online', now) end
redis.call('PEXPIRE', KEYS[1], ARGV[2])
return 1`;

/** A hash per user: `left` and `left_online`, in milliseconds since 1970 by the clock of Redis. */
export class RedisPresenceMarks extends PresenceMarks {
  private readonly noting: RedisScript;

  constructor(private readonly redis: RedisClient) {
    super();
    this.noting = new RedisScript(redis, 'note that a session ended', NOTE_LEAVE);
  }

  override async noteLeave(userId: string, as: Availability): Promise<void> {
    await this.noting.run([marksKey(userId)], as, MARKS_FOR_MS);
  }

  override async leavesOf(userIds: readonly string[]): Promise<Map<string, Leave>> {
    if (userIds.length === 0) return new Map();
    const [marks, [seconds, micros]] = await this.redis.ask('look up who left', (redis) =>
      Promise.all([
        Promise.all(userIds.map((userId) => redis.hmget(marksKey(userId), 'left', 'left_online'))),
        redis.time(),
      ]),
    );
    // The driver calls them numbers and gives text: arithmetic takes both.
    const now = seconds * 1_000 + Math.floor(micros / 1_000);
    const leaves = new Map<string, Leave>();
    for (const [index, [left, leftOnline]] of marks.entries()) {
      const since = sinceMs(left, now);
      if (since === null) continue;
      leaves.set(userIds[index], { sinceMs: since, sinceOnlineMs: sinceMs(leftOnline, now), at: Number(left) });
    }
    return leaves;
  }
}

/** Null where it is not known. */
function sinceMs(then: string | null, now: number): number | null {
  if (then === null || Number(then) > now + AHEAD_MS) return null;
  return Math.max(0, now - Number(then));
}

function marksKey(userId: string): string {
  return `presence:${userId}`;
}
