import { hostname } from 'node:os';
import type { CassandraSettings, KafkaSettings, LinkSettings, PostgresSettings, RedisSettings } from '@parley/config';
import type { PostgresConnection } from '@parley/entities';
import type { LinkTls } from '@parley/gateway-link';
import type { KafkaConnection, KafkaTopicSettings } from '@parley/message-log';
import type { CassandraConnection } from '@parley/message-store';
import type { RedisConnection } from '@parley/redis-connection';

/** From the words of the environment to those of the adapters. */

export function kafkaConnectionOf(config: Readonly<KafkaSettings>): KafkaConnection {
  const { KAFKA_BROKERS, KAFKA_TLS, KAFKA_TLS_CA, KAFKA_SASL_MECHANISM, KAFKA_USERNAME, KAFKA_PASSWORD } = config;
  return {
    brokers: [...KAFKA_BROKERS],
    clientId: `parley-${hostname()}-${process.pid}`,
    ...(KAFKA_TLS && { tls: { ca: KAFKA_TLS_CA } }),
    ...(KAFKA_SASL_MECHANISM && {
      sasl: { mechanism: KAFKA_SASL_MECHANISM, username: KAFKA_USERNAME ?? '', password: KAFKA_PASSWORD ?? '' },
    }),
  };
}

/** Of three copies two must have a record: one broker may be away without a record being lost or refused. */
export function topicSettingsOf(topic: string, config: Readonly<KafkaSettings>): KafkaTopicSettings {
  const { KAFKA_TOPIC_PARTITIONS: partitions, KAFKA_REPLICATION: replicationFactor } = config;
  return {
    topic: `${config.KAFKA_PREFIX}${topic}`,
    partitions,
    replicationFactor,
    minInsyncReplicas: Math.max(1, replicationFactor - 1),
  };
}

export function cassandraConnectionOf(config: Readonly<CassandraSettings>): CassandraConnection {
  return {
    contactPoints: config.CASSANDRA_CONTACT_POINTS,
    localDataCenter: config.CASSANDRA_LOCAL_DC,
    keyspace: config.CASSANDRA_KEYSPACE,
    replicationFactor: config.CASSANDRA_REPLICATION,
    username: config.CASSANDRA_USERNAME,
    password: config.CASSANDRA_PASSWORD,
    ...(config.CASSANDRA_TLS && { tls: { ca: config.CASSANDRA_TLS_CA } }),
  };
}

export function redisConnectionOf({ REDIS_URL, REDIS_PREFIX, REDIS_TLS_CA }: Readonly<RedisSettings>): RedisConnection {
  return { url: REDIS_URL, keyPrefix: REDIS_PREFIX, ...(REDIS_TLS_CA && { tls: { ca: REDIS_TLS_CA } }) };
}

export function postgresConnectionOf(config: Readonly<PostgresSettings>): PostgresConnection {
  const { POSTGRES_URL, POSTGRES_POOL_SIZE, POSTGRES_TLS, POSTGRES_TLS_CA } = config;
  const { hostname: host, port, username, password, pathname } = new URL(POSTGRES_URL);
  return {
    host: decodeURIComponent(host),
    port: Number(port || 5432),
    user: decodeURIComponent(username),
    password: decodeURIComponent(password),
    database: decodeURIComponent(pathname.slice(1)) || decodeURIComponent(username),
    poolSize: POSTGRES_POOL_SIZE,
    ...(POSTGRES_TLS !== 'off' && { tls: { verify: POSTGRES_TLS === 'verify', ca: POSTGRES_TLS_CA } }),
  };
}

export function linkTlsOf({ LINK_TLS_CERT, LINK_TLS_KEY, LINK_TLS_CA }: Readonly<LinkSettings>): LinkTls | undefined {
  return LINK_TLS_CERT ? { cert: LINK_TLS_CERT, key: LINK_TLS_KEY, ca: LINK_TLS_CA } : undefined;
}
