import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DataSource } from 'typeorm';
import { type EmbeddedPostgres, startEmbeddedPostgres } from '../embedded/embedded-postgres.js';
import { openDataSource } from '../postgres/data-source.js';
import type { PostgresConnection } from '../postgres/postgres-connection.js';

/** A PostgreSQL server of its own, in a temporary folder, with the schema in its database. One serves many tests. */
export class TemporaryPostgres {
  private constructor(
    private readonly folder: string,
    private readonly server: EmbeddedPostgres,
    readonly dataSource: DataSource,
  ) {}

  static async start(): Promise<TemporaryPostgres> {
    const folder = mkdtempSync(join(tmpdir(), 'parley-postgres-'));
    const server = await startEmbeddedPostgres({ dataDir: folder });
    return new TemporaryPostgres(folder, server, await openDataSource(server.connection));
  }

  get connection(): PostgresConnection {
    return this.server.connection;
  }

  /** Deletes all rows. */
  async empty(): Promise<void> {
    const tables = this.dataSource.entityMetadatas.map((entity) => entity.tableName);
    // The audit refuses that its rows are deleted. The tables are listed in the order of their references.
    const emptying = tables
      .toReversed()
      .map((table) => (table.startsWith('audit_') ? `TRUNCATE ${table} CASCADE` : `DELETE FROM ${table}`));
    await this.dataSource.query(emptying.join(';'));
  }

  async stop(): Promise<void> {
    await this.dataSource.destroy();
    await this.server.stop();
    rmSync(this.folder, { recursive: true, force: true });
  }
}
