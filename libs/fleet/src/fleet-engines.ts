import type { CassandraSettings, KafkaSettings, PostgresSettings, RedisSettings } from '@parley/config';
import { ENTRIES_TOPIC } from '@parley/contracts';
import { PostgresProbe, type PostgresConnection } from '@parley/entities';
import { KafkaMessageLog } from '@parley/message-log';
import { openCassandra, type CassandraSession } from '@parley/message-store';
import { EngineProbe, waitForEngine, watchEngine, type Effect } from '@parley/operability';
import { RedisClient } from '@parley/redis-connection';
import {
  cassandraConnectionOf,
  kafkaConnectionOf,
  postgresConnectionOf,
  redisConnectionOf,
  topicSettingsOf,
} from './connections.js';
import type { FleetProcess } from './fleet-process.js';

/** Each opens one engine whenever it comes, shows it in readiness and metrics, and closes it when the process stops. */

export async function openKafka(config: Readonly<KafkaSettings>, fleetProcess: FleetProcess): Promise<KafkaMessageLog> {
  const { lifecycle, readiness } = fleetProcess;
  return waitForEngine({
    engine: 'kafka',
    at: config.KAFKA_BROKERS.join(','),
    connect: async () => {
      const log = await KafkaMessageLog.open(kafkaConnectionOf(config), topicSettingsOf(ENTRIES_TOPIC, config));
      await lifecycle.onStop(() => log.close());
      return log;
    },
    health: (opened) => () => opened.unavailable,
    effect: 'stops',
    readiness,
    signal: lifecycle.stopping,
  });
}

export async function openStore(
  config: Readonly<CassandraSettings>,
  { lifecycle, readiness }: FleetProcess,
): Promise<CassandraSession> {
  return waitForEngine({
    engine: 'cassandra',
    at: config.CASSANDRA_CONTACT_POINTS.join(','),
    connect: async () => {
      const session = await openCassandra(cassandraConnectionOf(config));
      await lifecycle.onStop(() => session.close());
      return session;
    },
    health: (opened) => probed('cassandra', () => opened.ping(), lifecycle),
    effect: 'stops',
    readiness,
    signal: lifecycle.stopping,
  });
}

/** Not waited for: sends go on without it, and it counts from the moment it is there. */
export async function openRedis(
  config: Readonly<RedisSettings>,
  { lifecycle, readiness }: FleetProcess,
): Promise<RedisClient> {
  const client = RedisClient.open(redisConnectionOf(config));
  await lifecycle.onStop(() => client.close());
  watchEngine(readiness, 'redis', 'degrades', () => (client.isUp ? null : 'it does not answer'));
  return client;
}

/** Resolves to how to reach it once it answers; the modules that need it open pools of their own. */
export async function reachPostgres(
  config: Readonly<PostgresSettings>,
  { lifecycle, readiness }: FleetProcess,
  effect: Effect,
): Promise<PostgresConnection> {
  const connection = postgresConnectionOf(config);
  const probe = new PostgresProbe(connection);
  await lifecycle.onStop(() => probe.close());
  await waitForEngine({
    engine: 'postgres',
    at: `${connection.host}:${connection.port}`,
    connect: () => probe.ask(),
    health: () => probed('postgres', () => probe.ask(), lifecycle),
    effect,
    readiness,
    signal: lifecycle.stopping,
  });
  return connection;
}

function probed(
  engine: string,
  ask: () => Promise<unknown>,
  lifecycle: FleetProcess['lifecycle'],
): EngineProbe['check'] {
  const probe = new EngineProbe(engine, ask);
  void lifecycle.onStop(() => probe.stop());
  return probe.check;
}
