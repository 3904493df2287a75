import { randomBytes } from 'node:crypto';
import { Client } from 'cassandra-driver';
import type { CassandraConnection } from './open-cassandra.js';

/** Dropping a keyspace and emptying a table wait for the disk. */
const TIMEOUT_MS = 60_000;

/**
 * For tests: a keyspace of a name that nobody else has, and a connection of its own to look behind the adapters and to
 * drop it in the end. What is in it is up to `openCassandra`.
 */
export class TemporaryKeyspace {
  readonly connection: CassandraConnection;
  readonly client: Client;

  constructor(contactPoints: readonly string[], localDataCenter = 'datacenter1', replicationFactor = 1) {
    const keyspace = `test_${randomBytes(6).toString('hex')}`;
    this.connection = { contactPoints, localDataCenter, keyspace, replicationFactor };
    const socketOptions = { readTimeout: TIMEOUT_MS };
    this.client = new Client({ contactPoints: [...contactPoints], localDataCenter, socketOptions });
  }

  async truncate(table: string): Promise<void> {
    await this.client.execute(`TRUNCATE ${this.connection.keyspace}.${table}`);
  }

  async drop(): Promise<void> {
    await this.client.execute(`DROP KEYSPACE IF EXISTS ${this.connection.keyspace}`);
    await this.client.shutdown();
  }
}
