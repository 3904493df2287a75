/**
 * What is done to a place in one piece. KEYS[1] is the user's hash, ARGV[1] the device. A hash that nobody touches for
 * PLACES_TTL_MS vanishes: that is what becomes of users whose gateway crashed and who never came back.
 */

/** Longer than a session lives without being registered again. */
export const PLACES_TTL_MS = 30 * 24 * 3_600_000;

/**
 * KEYS[2]: the session's lease. ARGV: device, place, incarnation, time to live.
 * Returns {1, the place that was there or nothing}, or {0} when the lease does not live.
 */
export const REGISTER = `
if redis.call('GET', KEYS[2]) ~= ARGV[3] then return {0} end
local before = redis.call('HGET', KEYS[1], ARGV[1])
redis.call('HSET', KEYS[1], ARGV[1], ARGV[2])
redis.call('PEXPIRE', KEYS[1], ARGV[4])
return {1, before}`;

/** ARGV: device, session id. Returns 1 when the session stood there and is gone now. */
export const REMOVE_SESSION = `
local place = redis.call('HGET', KEYS[1], ARGV[1])
if not place or cjson.decode(place)[4] ~= ARGV[2] then return 0 end
return redis.call('HDEL', KEYS[1], ARGV[1])`;

/** ARGV: device, session id, place. Returns 1 when the session stood there. */
export const RESTATE_PLACE = `
local place = redis.call('HGET', KEYS[1], ARGV[1])
if not place or cjson.decode(place)[4] ~= ARGV[2] then return 0 end
redis.call('HSET', KEYS[1], ARGV[1], ARGV[3])
return 1`;

/** ARGV: device, place. Returns 1 when exactly this stood there and is gone now. */
export const REMOVE_PLACE = `
if redis.call('HGET', KEYS[1], ARGV[1]) ~= ARGV[2] then return 0 end
return redis.call('HDEL', KEYS[1], ARGV[1])`;

/**
 * ARGV: device, place, the place that was seen there ('' for none), time to live. Returns 1, or 0 when another stands
 * there by now.
 */
export const REPLACE_PLACE = `
if (redis.call('HGET', KEYS[1], ARGV[1]) or '') ~= ARGV[3] then return 0 end
redis.call('HSET', KEYS[1], ARGV[1], ARGV[2])
redis.call('PEXPIRE', KEYS[1], ARGV[4])
return 1`;
