import { Global, Injectable, Module, type OnApplicationShutdown } from '@nestjs/common';
import { Test } from '@nestjs/testing';
import { WorkerLeases } from '@parley/snowflake';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BlockDirectory } from '../block-directory.js';
import { ConversationDirectory, Outbox } from '../conversation-directory.js';
import { DeviceDirectory } from '../device-directory.js';
import { type EmbeddedPostgres, startEmbeddedPostgres } from '../embedded/embedded-postgres.js';
import { somebody } from '../testing/people.js';
import { MuteDirectory } from '../mute-directory.js';
import { TokenFamilies } from '../token-families.js';
import { UserDirectory } from '../user-directory.js';
import { MIGRATIONS } from './migrations/index.js';
import { openDataSource } from './data-source.js';
import { PostgresModule } from './postgres.module.js';

let folder: string;
let server: EmbeddedPostgres;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'parley-postgres-'));
  server = await startEmbeddedPostgres({ dataDir: folder });
});
afterAll(async () => {
  await server.stop();
  rmSync(folder, { recursive: true, force: true });
});

describe('the schema', () => {
  it('is made once by processes that start at the same moment', async () => {
    const sources = await Promise.all(Array.from({ length: 3 }, () => openDataSource(server.connection)));
    expect(await sources[0].query('SELECT name FROM migrations')).toEqual(MIGRATIONS.map(({ name }) => ({ name })));
    await Promise.all(sources.map((one) => one.destroy()));
  });

  it('has exactly the tables that the entities describe', async () => {
    const source = await openDataSource(server.connection);
    const { upQueries } = await source.driver.createSchemaBuilder().log();
    expect(upQueries.map(({ query }) => query)).toEqual([]);
    await source.destroy();
  });

  it('can be taken back', async () => {
    const source = await openDataSource(server.connection);
    for (let left = MIGRATIONS.length; left > 0; left--) await source.undoLastMigration();
    const tables = `SELECT tablename FROM pg_tables WHERE schemaname = 'public'`;
    expect(await source.query(tables)).toEqual([{ tablename: 'migrations' }]);
    await source.destroy();
  });
});

describe('PostgresModule', () => {
  const ports = [
    UserDirectory,
    TokenFamilies,
    DeviceDirectory,
    ConversationDirectory,
    BlockDirectory,
    MuteDirectory,
    Outbox,
    WorkerLeases,
  ];

  it('provides every relational port', async () => {
    const app = await Test.createTestingModule({ imports: [PostgresModule.forRoot(server.connection)] }).compile();
    for (const port of ports) expect(app.get(port, { strict: false })).toBeInstanceOf(port);
    const alice = somebody();
    await app.get(UserDirectory).create(alice, 'hash');
    expect(await app.get(UserDirectory).findById(alice.user_id)).toEqual(alice);
    await app.close();
  });

  it('takes a connection that comes from elsewhere', async () => {
    const postgres = PostgresModule.forRootAsync({ useFactory: async () => ({ ...server.connection, poolSize: 2 }) });
    const app = await Test.createTestingModule({ imports: [postgres] }).compile();
    expect(await app.get(Outbox).unpublished(1)).toEqual([]);
    await app.close();
  });

  it('still serves a module that needs it while the application shuts down', async () => {
    let found: unknown;
    @Injectable()
    class LastUser implements OnApplicationShutdown {
      constructor(private readonly users: UserDirectory) {}

      async onApplicationShutdown(): Promise<void> {
        found = await this.users.findByHandle('nobody');
      }
    }
    @Global()
    @Module({ providers: [LastUser] })
    class LastModule {}

    const imports = [PostgresModule.forRoot(server.connection), LastModule];
    const app = await Test.createTestingModule({ imports }).compile();
    await app.close();
    expect(found).toBeNull();
  });

  it('gives the place of the relay up at the end', async () => {
    for (const attempt of ['first', 'second']) {
      const app = await Test.createTestingModule({ imports: [PostgresModule.forRoot(server.connection)] }).compile();
      expect([attempt, await app.get(Outbox).tryBecomeRelay()]).toEqual([attempt, true]);
      await app.close();
    }
  });

  it('does not start without its database', async () => {
    const nowhere = PostgresModule.forRoot({ ...server.connection, host: join(folder, 'nowhere') });
    await expect(Test.createTestingModule({ imports: [nowhere] }).compile()).rejects.toThrow('nowhere');
  });
});
