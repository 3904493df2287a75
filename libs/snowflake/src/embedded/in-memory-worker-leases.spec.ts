import { ManualClock, workerLeasesContract } from '../testing/index.js';
import { InMemoryWorkerLeases } from './in-memory-worker-leases.js';

workerLeasesContract('in memory', () => {
  const clock = new ManualClock();
  return Promise.resolve({
    leases: new InMemoryWorkerLeases(clock),
    advance: (ms) => Promise.resolve(clock.advance(ms)),
    close: () => Promise.resolve(),
  });
});
