export { RateLimits, type RateRule } from './rate-limits.js';
export { InMemoryRateLimits } from './embedded/in-memory-rate-limits.js';
export { PerProcessWhileAway } from './per-process-while-away.js';
export { RedisRateLimits } from './redis/redis-rate-limits.js';
