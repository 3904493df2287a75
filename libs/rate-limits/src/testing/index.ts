export { rateLimitsContract, type RateLimitsUnderTest } from './rate-limits.contract.js';
