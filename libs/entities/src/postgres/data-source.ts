import { Logger } from '@nestjs/common';
import type { DataSource, DataSourceOptions } from 'typeorm';
import { ADVISORY_LOCKS } from './advisory-locks.js';
import { MIGRATIONS } from './migrations/index.js';
import { PostgresLog } from './postgres-log.js';
import { sslOf, type PostgresConnection } from './postgres-connection.js';
import { PostgresDataSource } from './postgres-data-source.js';
import { TABLES } from './tables/index.js';

/** A statement that takes longer is told, in milliseconds. */
const SLOW_MS = 1_000;

const logger = new Logger('Postgres');

/** The TypeORM options of the schema. A connection that cannot be had in 5 s and a statement of 10 s are errors. */
export function dataSourceOptions({ poolSize = 10, ...address }: PostgresConnection) {
  return {
    type: 'postgres',
    host: address.host,
    port: address.port,
    username: address.user,
    password: address.password,
    database: address.database,
    ssl: sslOf(address),
    applicationName: 'parley',
    entities: TABLES,
    migrations: MIGRATIONS,
    installExtensions: false,
    poolSize,
    logger: new PostgresLog(),
    maxQueryExecutionTime: SLOW_MS,
    connectTimeoutMS: 5_000,
    extra: { statement_timeout: 10_000, idleTimeoutMillis: 60_000, keepAlive: true },
  } satisfies DataSourceOptions;
}

/** Opens the pool and brings the schema up to date. The caller destroys it. */
export async function openDataSource(connection: PostgresConnection): Promise<DataSource> {
  const dataSource = new PostgresDataSource({ ...dataSourceOptions(connection), poolErrorHandler });
  await dataSource.initialize();
  try {
    await migrate(dataSource);
    return dataSource;
  } catch (error) {
    await dataSource.destroy();
    throw error;
  }

  /** An idle connection broke: the pool opens another when it needs one. After `destroy` it may well break. */
  function poolErrorHandler(error: Error): void {
    if (dataSource.isInitialized) logger.warn(`A connection to PostgreSQL was lost: ${error.message}`);
  }
}

/** Runs the migrations that are due, one process at a time however many start at once. */
async function migrate(dataSource: DataSource): Promise<void> {
  const holder = dataSource.createQueryRunner();
  try {
    await holder.query('SELECT pg_advisory_lock($1, $2)', ADVISORY_LOCKS.migrations);
    await dataSource.runMigrations({ transaction: 'each' });
    await holder.query('SELECT pg_advisory_unlock($1, $2)', ADVISORY_LOCKS.migrations);
  } finally {
    await holder.release();
  }
}
