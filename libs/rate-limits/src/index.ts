export { RateLimits, type RateRule } from './rate-limits.js';
export { InMemoryRateLimits } from './embedded/in-memory-rate-limits.js';
