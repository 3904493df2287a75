import { EngineUnavailable } from '@parley/contracts';
import { Pool } from 'pg';
import { sslOf, type PostgresConnection } from './postgres-connection.js';

const ANSWER_WITHIN_MS = 2_000;

/** Asks a PostgreSQL server whether it answers, over one connection of its own, so that a full pool does not look like an outage. */
export class PostgresProbe {
  private readonly pool: Pool;

  constructor(connection: PostgresConnection) {
    const { host, port, user, password, database } = connection;
    this.pool = new Pool({
      ...{ host, port, user, password, database, ssl: sslOf(connection), max: 1 },
      application_name: 'parley probe',
      connectionTimeoutMillis: ANSWER_WITHIN_MS,
      query_timeout: ANSWER_WITHIN_MS,
    });
    // An idle connection broke: the next question opens another.
    this.pool.on('error', () => undefined);
  }

  /** Rejects with `EngineUnavailable` where there is no answer within two seconds. */
  async ask(): Promise<void> {
    try {
      await this.pool.query('SELECT 1');
    } catch (error) {
      throw new EngineUnavailable('postgres', 'ask whether it answers', error);
    }
  }

  async close(): Promise<void> {
    await this.pool.end();
  }
}
