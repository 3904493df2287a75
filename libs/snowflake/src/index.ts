export { Clock, SystemClock } from './clock.js';
export { IdSource, IdsUnavailable, RENEW_EVERY_MS, RETRY_AFTER_MS } from './id-source.js';
export { InMemoryWorkerLeases } from './embedded/in-memory-worker-leases.js';
export { MAX_AHEAD_MS, SnowflakeGenerator, type Issued, type Refused } from './snowflake-generator.js';
export {
  decode,
  encode,
  EPOCH_MS,
  IDS_PER_MS,
  LAST_MS,
  timestampOf,
  WORKERS,
  type SnowflakeParts,
} from './snowflake-id.js';
export { SnowflakeModule } from './snowflake.module.js';
export { LEASE_TTL_MS, WorkerLeases, type WorkerLease } from './worker-lease.js';
