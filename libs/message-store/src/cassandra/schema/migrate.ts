import { Logger } from '@nestjs/common';
import type { Client } from 'cassandra-driver';
import { changeSchema } from './change-schema.js';
import { ifItExists } from './if-it-exists.js';
import { MIGRATIONS, type Migration } from './migrations.js';
import { withSchemaLock } from './schema-lock.js';

const HISTORY = `CREATE TABLE IF NOT EXISTS schema_migrations (
  version int PRIMARY KEY, name text, applied_at timestamp
)`;
const APPLIED = 'SELECT version FROM schema_migrations';
const RECORD = 'INSERT INTO schema_migrations (version, name, applied_at) VALUES (?, ?, ?) IF NOT EXISTS';
const TIMEOUT_MS = 10_000;

const logger = new Logger('Cassandra');

/** The keyspace was migrated by a newer build than this one, which does not know what its tables mean. */
export class SchemaTooNew extends Error {
  constructor(keyspace: string, found: number, known: number) {
    super(`keyspace ${keyspace} is at schema version ${found}, this build knows ${known}: run a build that knows it`);
    this.name = 'SchemaTooNew';
  }
}

/**
 * Brings the client's keyspace to the newest version. Any number of processes may do so at once: one applies what is
 * missing, the others wait for it. A process that dies in between is continued by the next. Rejects with `SchemaTooNew`.
 */
export async function migrate(client: Client, migrations: readonly Migration[] = MIGRATIONS): Promise<void> {
  if ((await missing(client, migrations)).length === 0) return;
  await withSchemaLock(client, async () => {
    await changeSchema(client, HISTORY);
    for (const migration of await missing(client, migrations)) await apply(client, migration);
  });
}

async function missing(client: Client, migrations: readonly Migration[]): Promise<Migration[]> {
  const applied = await appliedVersions(client);
  const newest = Math.max(0, ...applied);
  const known = Math.max(0, ...migrations.map(({ version }) => version));
  if (newest > known) throw new SchemaTooNew(client.keyspace, newest, known);
  return migrations.filter(({ version }) => !applied.has(version));
}

async function appliedVersions(client: Client): Promise<Set<number>> {
  const history = await ifItExists(client.execute(APPLIED, [], { isIdempotent: true }));
  return new Set(history?.rows.map((row) => Number(row.version)));
}

async function apply(client: Client, { version, name, statements }: Migration): Promise<void> {
  logger.log(`schema of ${client.keyspace}: applying ${version}, ${name}`);
  for (const statement of statements) await changeSchema(client, statement);
  await client.execute(RECORD, [version, name, new Date()], { prepare: true, readTimeout: TIMEOUT_MS });
}
