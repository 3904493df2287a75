import { sessionRegistryContract } from '../testing/session-registry.contract.js';
import { InMemoryGatewayLeases } from './in-memory-gateway-leases.js';
import { InMemorySessionRegistry } from './in-memory-session-registry.js';

sessionRegistryContract('InMemorySessionRegistry', async () => {
  let now = 0;
  const leases = new InMemoryGatewayLeases(() => now);
  const pass = async (ms: number) => {
    now += ms;
  };
  return { registry: new InMemorySessionRegistry(leases), leases, pass };
});
