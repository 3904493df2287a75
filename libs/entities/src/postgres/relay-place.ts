import { Client } from 'pg';
import { ADVISORY_LOCKS } from './advisory-locks.js';
import { sslOf, type PostgresConnection } from './postgres-connection.js';

/**
 * The place of the one outbox relay: an advisory lock, held by a database session of its own. The session ends with this
 * process; where the process is cut off, the database notices within 15 s and the place is free.
 */
export class RelayPlace {
  private session?: Client;
  private held = false;
  private attempt?: Promise<boolean>;

  constructor(private readonly connection: PostgresConnection) {}

  /** Takes the place, or makes sure that it is still ours. Rejects where the database cannot be asked. */
  take(): Promise<boolean> {
    this.attempt ??= this.ask().finally(() => (this.attempt = undefined));
    return this.attempt;
  }

  /** Gives the place up. */
  async leave(): Promise<void> {
    await this.attempt?.catch(() => false);
    const session = this.session;
    this.forget();
    await session?.end();
  }

  private async ask(): Promise<boolean> {
    const session = (this.session ??= await this.connect());
    try {
      if (this.held) {
        await session.query('SELECT 1');
      } else {
        const { rows } = await session.query<{ taken: boolean }>(
          'SELECT pg_try_advisory_lock($1, $2) AS taken',
          ADVISORY_LOCKS.outboxRelay,
        );
        this.held = rows[0]?.taken ?? false;
      }
      // The session may have ended while its answer was on the way.
      return this.held && this.session === session;
    } catch (error) {
      this.forget();
      void session.end().catch(() => undefined);
      throw error;
    }
  }

  private async connect(): Promise<Client> {
    const { host, port, user, password, database } = this.connection;
    const session = new Client({
      ...{ host, port, user, password, database, ssl: sslOf(this.connection) },
      application_name: 'parley outbox relay',
      connectionTimeoutMillis: 5_000,
      query_timeout: 10_000,
      keepAlive: true,
      options: '-c tcp_keepalives_idle=5 -c tcp_keepalives_interval=5 -c tcp_keepalives_count=2',
    });
    const lost = (): void => {
      if (this.session === session) this.forget();
    };
    session.on('error', lost);
    session.on('end', lost);
    await session.connect();
    return session;
  }

  private forget(): void {
    this.session = undefined;
    this.held = false;
  }
}
