export { checkLedger } from './check-ledger.js';
export {
  cassandraConnectionOf,
  kafkaConnectionOf,
  linkTlsOf,
  postgresConnectionOf,
  topicSettingsOf,
} from './connections.js';
export { openKafka, openRedis, openStore } from './fleet-engines.js';
export { runFleetProcess, type FleetProcess } from './fleet-process.js';
export { LedgeredRecordSource } from './ledgered-record-source.js';
export { portsOnCassandra, portsOnKafka, portsOnRedis, routerGroupOf } from './ports.js';
export { openServingGround, type ServingGround } from './serving-ground.js';
