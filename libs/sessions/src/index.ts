export { SessionRegistry, type SessionAddress } from './session-registry.js';
export { InMemorySessionRegistry } from './embedded/in-memory-session-registry.js';
