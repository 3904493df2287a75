/** How to reach a PostgreSQL server. */
export interface PostgresConnection {
  /** A host name, or the absolute path of the folder with the server's Unix socket. */
  host: string;
  port: number;
  user: string;
  password: string;
  database: string;
  /** Most connections that this process keeps open for statements; 10 where nothing is said. One more holds the relay's place. */
  poolSize?: number;
}
