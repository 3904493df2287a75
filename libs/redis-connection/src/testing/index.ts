export { RedisNamespace } from './redis-namespace.js';
export { Relay } from './relay.js';
