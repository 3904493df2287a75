import { Logger } from '@nestjs/common';
import { Client, policies, types, type ClientOptions, type Host } from 'cassandra-driver';
import { CassandraSession } from './cassandra-session.js';
import { translate } from './driver-errors.js';
import { migrate } from './schema/migrate.js';
import { enterKeyspace } from './schema/enter-keyspace.js';

/** Where the ring is, and what of it is ours. */
export interface CassandraConnection {
  /** `host:port`, the port being the same on every node of the ring; 9042 where it is left out. */
  contactPoints: readonly string[];
  localDataCenter: string;
  /** Created with `replicationFactor` where it is missing; an existing one is used as it is. */
  keyspace: string;
  /** Copies of each row in the local data centre: 3 in production, so that a quorum outlives a node. */
  replicationFactor: number;
  username?: string;
  password?: string;
  /** A node's certificate must name the address it is reached by. `ca`: PEM; without it the system's authorities. */
  tls?: { ca?: string };
}

const CONNECT_TIMEOUT_MS = 2_000;
/** For one attempt at one node: a node that does not answer is an error, or the next node's turn, after this. */
const READ_TIMEOUT_MS = 2_000;
/** A node that was lost is tried this often, for ever. */
const RECONNECT_EVERY_MS = 1_000;
/** A connection that went silent while nothing was asked is noticed after one beat. */
const HEARTBEAT_MS = 5_000;
/** A coordinator that has not answered by then gets company: far beyond the usual answer, far below the timeout. */
const NEXT_COORDINATOR_AFTER_MS = 400;

const logger = new Logger('Cassandra');

/**
 * Connects, creates what is missing of keyspace and schema, and resolves to a session that looks after itself from then
 * on. Rejects within seconds with `EngineUnavailable` while the ring does not answer (call it again), and with the error
 * itself where waiting does not help: wrong credentials, an unknown data centre, a schema of a newer build.
 */
export async function openCassandra(connection: CassandraConnection): Promise<CassandraSession> {
  const client = new Client(clientOptions(connection));
  try {
    await client.connect();
    await enterKeyspace(client, connection);
    await migrate(client);
  } catch (error) {
    await client.shutdown();
    throw translate('connect', error);
  }
  logNodes(client);
  return new CassandraSession(client);
}

function clientOptions({ contactPoints, localDataCenter, username, password, tls }: CassandraConnection) {
  const port = /:(\d+)$/.exec(contactPoints[0] ?? '')?.[1];
  const options: ClientOptions = {
    contactPoints: [...contactPoints],
    localDataCenter,
    queryOptions: {
      consistency: types.consistencies.localQuorum,
      serialConsistency: types.consistencies.localSerial,
    },
    socketOptions: { connectTimeout: CONNECT_TIMEOUT_MS, readTimeout: READ_TIMEOUT_MS },
    pooling: { heartBeatInterval: HEARTBEAT_MS },
    policies: {
      reconnection: new policies.reconnection.ConstantReconnectionPolicy(RECONNECT_EVERY_MS),
      speculativeExecution: new policies.speculativeExecution.ConstantSpeculativeExecutionPolicy(
        NEXT_COORDINATOR_AFTER_MS,
        1,
      ),
    },
    // Nodes that are found through others are reached at this port.
    ...(port && { protocolOptions: { port: Number(port) } }),
    ...(username && { credentials: { username, password: password ?? '' } }),
    ...(tls && { sslOptions: { rejectUnauthorized: true, ...(tls.ca && { ca: [tls.ca] }) } }),
  };
  return options;
}

function logNodes(client: Client): void {
  client.on('hostDown', ({ address }: Host) => logger.warn(`node ${address} is down`));
  client.on('hostUp', ({ address }: Host) => logger.log(`node ${address} is up`));
}
