import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { engineAddresses } from '@parley/harness';
import { EngineUnavailable } from '@parley/contracts';
import { openCassandra, type CassandraConnection } from '../open-cassandra.js';
import { TemporaryKeyspace } from '../temporary-keyspace.js';
import { enterKeyspace } from './enter-keyspace.js';
import { migrate, SchemaTooNew } from './migrate.js';
import { MIGRATIONS, type Migration } from './migrations.js';

const FIRST: Migration = { version: 1, name: 'first', statements: [table('one'), table('two')] };
const SECOND: Migration = { version: 2, name: 'second', statements: [table('three')] };

let keyspace: TemporaryKeyspace;

beforeEach(() => {
  keyspace = new TemporaryKeyspace(engineAddresses().cassandraContactPoints);
});

afterEach(() => keyspace.drop());

describe('the schema', () => {
  it('is created by the first of several processes that start at once, and found by all', async () => {
    const sessions = await Promise.all([1, 2, 3].map(() => openCassandra(keyspace.connection)));
    await Promise.all(sessions.map((session) => session.ping()));
    expect(await applied()).toEqual(MIGRATIONS.map(({ version }) => version));
    await Promise.all(sessions.map((session) => session.close()));
  });

  it('is brought up to date in steps, each once', async () => {
    await enterKeyspace(keyspace.client, keyspace.connection);
    await migrate(keyspace.client, [FIRST]);
    await migrate(keyspace.client, [FIRST, SECOND]);
    await migrate(keyspace.client, [FIRST, SECOND]);
    expect(await applied()).toEqual([1, 2]);
    expect(await tables()).toEqual(expect.arrayContaining(['one', 'two', 'three']));
  });

  it('is finished by the next process when one dies in the middle of a step', async () => {
    await enterKeyspace(keyspace.client, keyspace.connection);
    const dying: Migration = { ...FIRST, statements: [table('one'), 'CREATE NONSENSE'] };
    await expect(migrate(keyspace.client, [dying])).rejects.toThrow('NONSENSE');
    expect(await applied()).toEqual([]);
    await migrate(keyspace.client, [FIRST]);
    expect(await applied()).toEqual([1]);
    expect(await tables()).toEqual(expect.arrayContaining(['one', 'two']));
  });

  it('of a newer build is refused, with both versions', async () => {
    await enterKeyspace(keyspace.client, keyspace.connection);
    await migrate(keyspace.client, [FIRST, SECOND]);
    const refused = await migrate(keyspace.client, [FIRST]).catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(SchemaTooNew);
    expect(String(refused)).toContain('at schema version 2, this build knows 1');
  });
});

describe('a ring that is asked for', () => {
  const open = (change: Partial<CassandraConnection>) => openCassandra({ ...keyspace.connection, ...change });

  it('at an address where nobody listens is unavailable, at once and every time', async () => {
    const nowhere = { contactPoints: ['127.0.0.1:1'] };
    await expect(open(nowhere)).rejects.toBeInstanceOf(EngineUnavailable);
    await expect(open(nowhere)).rejects.toBeInstanceOf(EngineUnavailable);
  });

  it('under the wrong name of its data centre says which ones there are', async () => {
    const refused = await open({ localDataCenter: 'atlantis' }).catch((error: unknown) => error);
    expect(refused).not.toBeInstanceOf(EngineUnavailable);
    expect(String(refused)).toContain(keyspace.connection.localDataCenter);
  });

  it('for a keyspace of an impossible name refuses before anything is created', async () => {
    await expect(open({ keyspace: 'x; DROP KEYSPACE y' })).rejects.toThrow('no name for a keyspace');
  });
});

function table(name: string): string {
  return `CREATE TABLE IF NOT EXISTS ${name} (id text PRIMARY KEY)`;
}

async function applied(): Promise<number[]> {
  const query = `SELECT version FROM ${keyspace.connection.keyspace}.schema_migrations`;
  const { rows } = await keyspace.client.execute(query);
  return rows.map((row) => Number(row.version)).sort((one, other) => one - other);
}

async function tables(): Promise<string[]> {
  const query = 'SELECT table_name FROM system_schema.tables WHERE keyspace_name = ?';
  const { rows } = await keyspace.client.execute(query, [keyspace.connection.keyspace], { prepare: true });
  return rows.map((row) => String(row.table_name));
}
