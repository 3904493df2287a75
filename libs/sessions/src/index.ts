export { SessionRegistry, type SessionAddress } from './session-registry.js';
