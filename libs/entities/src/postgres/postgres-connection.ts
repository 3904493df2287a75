/** How to reach a PostgreSQL server. */
export interface PostgresConnection {
  /** A host name, or the absolute path of the folder with the server's Unix socket. */
  host: string;
  port: number;
  user: string;
  password: string;
  database: string;
  /** Left out: no TLS. `verify`: whether the server's certificate is checked; `ca`: against this authority (PEM). */
  tls?: { verify: boolean; ca?: string };
  /** Most connections that this process keeps open for statements; 10 where nothing is said. One more holds the relay's place. */
  poolSize?: number;
}

/** The `ssl` option of `pg` for a connection. */
export function sslOf({ tls }: PostgresConnection): false | { rejectUnauthorized: boolean; ca?: string } {
  return tls ? { rejectUnauthorized: tls.verify, ca: tls.ca } : false;
}
