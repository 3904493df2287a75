import type { Provider } from '@nestjs/common';
import type {
  CassandraSettings,
  KafkaSettings,
  PostgresSettings,
  RedisSettings,
  TokenKeySettings,
} from '@parley/config';
import type { PostgresConnection } from '@parley/entities';
import { CassandraLogLedger } from '@parley/message-store';
import type { Effect, Readiness } from '@parley/operability';
import { StaticSigningKeys, type SigningKeys } from '@parley/tokens';
import { checkLedger } from './check-ledger.js';
import { openKafka, openRedis, openStore, reachPostgres } from './fleet-engines.js';
import type { FleetProcess } from './fleet-process.js';
import { portsOnCassandra, portsOnKafka, portsOnRedis } from './ports.js';

/** What a process that serves clients stands on: a gateway or an API process. */
export interface ServingGround {
  readiness: Readiness;
  postgres: PostgresConnection;
  signingKeys: SigningKeys;
  /** The ports on Kafka, Cassandra and Redis. */
  ports: Provider[];
}

type ServingConfig = KafkaSettings & CassandraSettings & RedisSettings & PostgresSettings & TokenKeySettings;

/** Waits for the engines, all at once. `withoutPostgres`: what becomes of the process while PostgreSQL is away. */
export async function openServingGround(
  config: Readonly<ServingConfig>,
  fleetProcess: FleetProcess,
  { withoutPostgres }: { withoutPostgres: Effect },
): Promise<ServingGround> {
  const redis = await openRedis(config, fleetProcess);
  const [log, session, postgres, signingKeys] = await Promise.all([
    openKafka(config, fleetProcess),
    openStore(config, fleetProcess),
    reachPostgres(config, fleetProcess, withoutPostgres),
    StaticSigningKeys.of(config.TOKEN_SIGNING_KEY, config.TOKEN_ACCEPTED_KEYS),
  ]);
  await checkLedger(new CassandraLogLedger(session), log, fleetProcess.lifecycle.stopping);
  const ports = [...portsOnKafka(log, config.KAFKA_PREFIX), ...portsOnCassandra(session), ...portsOnRedis(redis)];
  return { readiness: fleetProcess.readiness, postgres, signingKeys, ports };
}
