export { RateLimits, type RateRule } from './rate-limits.js';
