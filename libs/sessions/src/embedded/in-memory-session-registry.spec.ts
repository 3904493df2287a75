import { sessionRegistryContract } from '../testing/session-registry.contract.js';
import { InMemorySessionRegistry } from './in-memory-session-registry.js';

sessionRegistryContract('InMemorySessionRegistry', async () => new InMemorySessionRegistry());
