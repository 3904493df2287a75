import type { Client } from 'cassandra-driver';
import { changeSchema } from './change-schema.js';
import { ifItExists } from './if-it-exists.js';

/** Names that need no quoting. */
const KEYSPACE_NAME = /^[a-z][a-z0-9_]{0,47}$/;

export interface Keyspace {
  keyspace: string;
  localDataCenter: string;
  replicationFactor: number;
}

/** Makes the keyspace the client's own; creates it where it is missing, which an account without that right never tries. */
export async function enterKeyspace(
  client: Client,
  { keyspace, localDataCenter, replicationFactor }: Keyspace,
): Promise<void> {
  if (!KEYSPACE_NAME.test(keyspace)) throw new RangeError(`"${keyspace}" is no name for a keyspace`);
  const enter = `USE ${keyspace}`;
  if (await ifItExists(client.execute(enter))) return;
  const replication = `{'class': 'NetworkTopologyStrategy', '${localDataCenter}': ${replicationFactor}}`;
  await changeSchema(client, `CREATE KEYSPACE IF NOT EXISTS ${keyspace} WITH replication = ${replication}`);
  await client.execute(enter);
}
