import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { PostgresConnection } from '../postgres/postgres-connection.js';
import { ClusterFolder, openPostgresFolder, SOCKET_PORT } from './cluster-folder.js';
import { createDatabase, DATABASE, ROLE, SUPERUSER } from './create-database.js';
import { installedBinaries, type PostgresBinaries } from './postgres-binaries.js';
import { readPidFile, stopPreviousServer } from './previous-server.js';
import { chooseIdentity, type ServerIdentity } from './server-identity.js';
import { ServerLog } from './server-log.js';
import { spawnTied, type ProcessEnd, type TiedProcess } from './tied-process.js';

const START_TIMEOUT_MS = 30_000;
const STOP_TIMEOUT_MS = 10_000;

/** Small and durable: a commit that was answered is on disk. */
const SETTINGS = {
  listen_addresses: '',
  port: String(SOCKET_PORT),
  unix_socket_permissions: '0700',
  shared_buffers: '32MB',
  max_connections: '30',
  // Neither replicas nor parallel queries: fewer processes.
  wal_level: 'minimal',
  max_wal_senders: '0',
  max_parallel_workers_per_gather: '0',
  max_logical_replication_workers: '0',
  io_method: 'sync',
  min_wal_size: '32MB',
  max_wal_size: '256MB',
  jit: 'off',
  timezone: 'UTC',
  // Warnings and what matters of the server's life; never the values that users gave (they stand in the details).
  log_min_messages: 'warning',
  log_min_error_statement: 'panic',
  log_error_verbosity: 'terse',
  log_checkpoints: 'off',
};

/** A running server. */
export interface EmbeddedPostgres {
  connection: PostgresConnection;
  pid: number;
  /** Resolves when the server has ended; `requested` is false where nobody asked it to. Never rejects. */
  ended: Promise<{ requested: boolean; reason: string }>;
  /** Ends the server and resolves when it is gone. Open connections are closed. Idempotent. */
  stop(): Promise<void>;
}

/**
 * Starts a PostgreSQL server as a child process, with its data in `<dataDir>/postgres` and its log in
 * `<dataDir>/postgres.log`; the first start makes the cluster, the role and the empty database. It listens on a Unix
 * socket in a private folder alone, asks for a password that is kept beside the data, and ends with this process,
 * however that ends. The caller makes sure that no other process uses the folder.
 *
 * Throws with the last lines of the server's log where it does not come up.
 */
export async function startEmbeddedPostgres(options: { dataDir: string }): Promise<EmbeddedPostgres> {
  const binaries = installedBinaries();
  const path = openPostgresFolder(options.dataDir);
  const identity = chooseIdentity(binaries, path);
  const folder = new ClusterFolder(path, identity);
  const log = new ServerLog(join(options.dataDir, 'postgres.log'), identity);
  try {
    await stopPreviousServer(folder.cluster, folder.socketLock);
    if (!folder.isInitialised) {
      await folder.createCluster((target) => initialise(target, folder, { binaries, identity, log }));
    }
    return await launch(folder, { binaries, identity, log });
  } finally {
    log.close();
  }
}

/** How to reach the server that another process of this user runs in `dataDir`; null where none is ready. */
export function runningEmbeddedPostgres({ dataDir }: { dataDir: string }): PostgresConnection | null {
  const path = openPostgresFolder(dataDir);
  const { cluster, sockets, password } = new ClusterFolder(path, chooseIdentity(installedBinaries(), path));
  if (!readPidFile(cluster)?.ready) return null;
  return { host: sockets, port: SOCKET_PORT, password, user: ROLE, database: DATABASE };
}

interface Tools {
  binaries: PostgresBinaries;
  identity: ServerIdentity;
  log: ServerLog;
}

async function initialise(target: string, folder: ClusterFolder, { binaries, identity, log }: Tools): Promise<void> {
  const command = [binaries.initdb, '-D', target, `--username=${SUPERUSER}`, `--pwfile=${folder.passwordFile}`];
  command.push('--auth-local=scram-sha-256', '--auth-host=reject', '--encoding=UTF8', '--no-locale');
  command.push('--no-instructions', '--wal-segsize=4');
  const end = await spawnTied(command, identity, log.fd).ended;
  if (end.code !== 0) throw new Error(`PostgreSQL's initdb failed (${describe(end)}):\n${log.tail()}`);
}

async function launch(folder: ClusterFolder, { binaries, identity, log }: Tools): Promise<EmbeddedPostgres> {
  const settings = Object.entries({ ...SETTINGS, unix_socket_directories: folder.sockets });
  const command = [
    binaries.postgres,
    '-D',
    folder.cluster,
    ...settings.flatMap(([name, value]) => ['-c', `${name}=${value}`]),
  ];
  const server = spawnTied(command, identity, log.fd);
  const address = { host: folder.sockets, port: SOCKET_PORT, password: folder.password };
  const running = supervise(server, { ...address, user: ROLE, database: DATABASE });
  try {
    await untilReady(server, folder.cluster, log);
    await createDatabase(address);
    return running;
  } catch (error) {
    await running.stop();
    throw error;
  }
}

function supervise(server: TiedProcess, connection: PostgresConnection): EmbeddedPostgres {
  let stopping: Promise<void> | undefined;
  return {
    connection,
    pid: server.child.pid ?? 0,
    ended: server.ended.then((end) => ({ requested: stopping !== undefined, reason: describe(end) })),
    stop: () => (stopping ??= stop(server)),
  };
}

/** Fast shutdown: transactions are aborted, then a checkpoint. Where that hangs, the next start recovers. */
async function stop({ child, ended }: TiedProcess): Promise<void> {
  child.kill('SIGINT');
  const gone = ended.then(() => true);
  const patience = new AbortController();
  const late = delay(STOP_TIMEOUT_MS, false, { signal: patience.signal }).catch(() => false);
  if (await Promise.race([gone, late])) return patience.abort();
  child.kill('SIGQUIT');
  await ended;
}

async function untilReady({ child, ended }: TiedProcess, cluster: string, log: ServerLog): Promise<void> {
  let end: ProcessEnd | undefined;
  void ended.then((value) => (end = value));
  const deadline = performance.now() + START_TIMEOUT_MS;
  while (performance.now() < deadline) {
    if (end) throw new Error(`PostgreSQL did not start (${describe(end)}):\n${log.tail()}`);
    const state = readPidFile(cluster);
    if (state?.ready && state.pid === child.pid) return;
    await delay(10);
  }
  throw new Error(`PostgreSQL was not ready after ${START_TIMEOUT_MS / 1000} s:\n${log.tail()}`);
}

function describe({ code, signal, error }: ProcessEnd): string {
  return error?.message ?? (signal === null ? `exit code ${code}` : `ended by ${signal}`);
}
