export { GatewayLeases, LEASE_MS, RENEW_EVERY_MS, type GatewayLease, type LivingGateway } from './gateway-leases.js';
export { LeaseLapsed, SessionRegistry, type Reclaimed, type SessionAddress } from './session-registry.js';
export { GONE_FOR_MS, REMEMBERED_FOR_MS, RememberedDevices } from './remembered-devices.js';
export { InMemoryGatewayLeases } from './embedded/in-memory-gateway-leases.js';
export { InMemoryRememberedDevices } from './embedded/in-memory-remembered-devices.js';
export { InMemorySessionRegistry } from './embedded/in-memory-session-registry.js';
export { RedisGatewayLeases } from './redis/redis-gateway-leases.js';
export { RedisRememberedDevices } from './redis/redis-remembered-devices.js';
export { RedisSessionRegistry } from './redis/redis-session-registry.js';
