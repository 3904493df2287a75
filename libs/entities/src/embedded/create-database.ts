import { Client } from 'pg';

/** Made by initdb; used to create the two below and never again. */
export const SUPERUSER = 'postgres';
/** What the product connects as: owner of its database and nothing more, so that no statement reaches the file system. */
export const ROLE = 'parley';
export const DATABASE = 'parley';

/** Creates the product's role and its empty database where they are not there yet. */
export async function createDatabase(address: { host: string; port: number; password: string }): Promise<void> {
  const client = new Client({ ...address, user: SUPERUSER, database: 'postgres', ssl: false });
  client.on('error', () => undefined); // the query that meets it rejects
  await client.connect();
  try {
    const found = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [DATABASE]);
    if (found.rowCount) return;
    const role = await client.query('SELECT 1 FROM pg_roles WHERE rolname = $1', [ROLE]);
    if (!role.rowCount) {
      await client.query(`CREATE ROLE ${ROLE} LOGIN PASSWORD ${client.escapeLiteral(address.password)}`);
    }
    await client.query(`CREATE DATABASE ${DATABASE} OWNER ${ROLE}`);
  } finally {
    await client.end();
  }
}
