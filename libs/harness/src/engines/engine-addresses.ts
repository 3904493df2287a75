/** Where the real engines of a test are: the addresses of `npm run engines:up`, unless the environment names others. */
export interface EngineAddresses {
  kafkaBrokers: string[];
  cassandraContactPoints: string[];
  redisUrl: string;
  postgresUrl: string;
}

type Environment = Readonly<Record<string, string | undefined>>;

/** The environment names are those of the apps. */
// oxlint-disable-next-line node/no-process-env -- the one place where tests and tools read the addresses
export function engineAddresses(env: Environment = process.env): EngineAddresses {
  return {
    kafkaBrokers: (env.KAFKA_BROKERS ?? 'localhost:9092').split(','),
    cassandraContactPoints: (env.CASSANDRA_CONTACT_POINTS ?? 'localhost:9042').split(','),
    redisUrl: env.REDIS_URL ?? 'redis://localhost:6379',
    postgresUrl: env.POSTGRES_URL ?? 'postgres://parley:parley@localhost:5432/parley',
  };
}

/**
 * The folder of the engines that this run may stop, kill and wipe; null where the environment names none: the engines are
 * somebody else's then.
 */
// oxlint-disable-next-line node/no-process-env -- as above
export function enginesFolder(env: Environment = process.env): string | null {
  return env.ENGINES_FOLDER ?? null;
}
