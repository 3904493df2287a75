export { ManualClock } from './manual-clock.js';
export { ReachableLeases } from './reachable-leases.js';
export { workerLeasesContract, type WorkerLeasesUnderTest } from './worker-leases.contract.js';
