import { AddressesVariable, TextVariable } from '../variable.js';

/** Where the log of a fleet is. */
export class KafkaSettings {
  @AddressesVariable({
    example: 'localhost:9092',
    about: 'Kafka, the message log: brokers host:port, separated by commas.',
  })
  readonly KAFKA_BROKERS: readonly string[];
}

/** Where the message store of a fleet is. */
export class CassandraSettings {
  @AddressesVariable({
    example: 'localhost:9042',
    about: 'Cassandra, the message store: contact points host:port, separated by commas.',
  })
  readonly CASSANDRA_CONTACT_POINTS: readonly string[];
}

/** Where the sessions, signals and limits of a fleet are. */
export class RedisSettings {
  @TextVariable({
    pattern: /^rediss?:\/\/\S+$/,
    shape: 'a URL redis://...',
    example: 'redis://localhost:6379',
    about: 'Redis, sessions, signals and limits: its URL.',
  })
  readonly REDIS_URL: string;
}

/** Where users, groups and leases of a fleet are. */
export class PostgresSettings {
  @TextVariable({
    pattern: /^postgres(ql)?:\/\/\S+$/,
    shape: 'a URL postgres://...',
    example: 'postgres://parley:secret@localhost:5432/parley',
    about: 'PostgreSQL, users, groups and leases: its URL.',
  })
  readonly POSTGRES_URL: string;
}
