import { gatewayLeasesContract } from '../testing/gateway-leases.contract.js';
import { InMemoryGatewayLeases } from './in-memory-gateway-leases.js';

gatewayLeasesContract('InMemoryGatewayLeases', async () => {
  let now = 0;
  const leases = new InMemoryGatewayLeases(() => now);
  const pass = async (ms: number) => {
    now += ms;
  };
  return { leases, pass, wipe: async () => leases.wipe() };
});
