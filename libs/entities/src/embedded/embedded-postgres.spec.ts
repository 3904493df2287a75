import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Client } from 'pg';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { PostgresConnection } from '../postgres/postgres-connection.js';
import { type EmbeddedPostgres, startEmbeddedPostgres } from './embedded-postgres.js';
import { processesOf } from './previous-server.js';

let dataDir: string;
let cluster: string;
const servers: EmbeddedPostgres[] = [];

beforeAll(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'parley-postgres-'));
  cluster = join(dataDir, 'postgres', 'cluster');
  const server = await start();
  await query(server.connection, 'CREATE TABLE kept AS SELECT 42 AS answer');
  await server.stop();
});
afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.stop()));
});
afterAll(() => rmSync(dataDir, { recursive: true, force: true }));

async function start(folder = dataDir): Promise<EmbeddedPostgres> {
  const server = await startEmbeddedPostgres({ dataDir: folder });
  servers.push(server);
  return server;
}

async function query(connection: PostgresConnection, sql: string): Promise<unknown[]> {
  const client = new Client({ ...connection, ssl: false });
  client.on('error', () => undefined);
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(sql)).rows;
  } finally {
    await client.end();
  }
}

const keptIn = (server: EmbeddedPostgres) => query(server.connection, 'SELECT answer FROM kept');
const running = (pid: number) => processesOf(cluster, pid);

/** A process that starts a server and can be killed. */
async function startParent(): Promise<{ parent: ChildProcess; pid: number }> {
  const script = fileURLToPath(new URL('../testing/server-parent.mjs', import.meta.url));
  const parent = spawn(process.execPath, [script, dataDir], { stdio: ['ignore', 'pipe', 'inherit'] });
  const [line] = (await once(parent.stdout, 'data')) as [Buffer];
  return { parent, pid: Number(line.toString()) };
}

describe('an embedded PostgreSQL', () => {
  it('has its data when it starts again', async () => {
    expect(await keptIn(await start())).toEqual([{ answer: 42 }]);
  });

  it('stops as often as it is asked to, and says that it was asked', async () => {
    const server = await start();
    await Promise.all([server.stop(), server.stop()]);
    await server.stop();
    expect(await server.ended).toEqual({ requested: true, reason: 'exit code 0' });
    expect(await running(server.pid)).toEqual([]);
  });

  it('stops while a client is connected', async () => {
    const server = await start();
    const client = new Client({ ...server.connection, ssl: false });
    const errors: Error[] = [];
    client.on('error', (error) => errors.push(error));
    await client.connect();
    await server.stop();
    await expect.poll(() => errors[0]?.message).toContain('terminating connection');
  });

  it('listens on no network and asks for the password', async () => {
    const { connection } = await start();
    expect(await query(connection, 'SHOW listen_addresses')).toEqual([{ listen_addresses: '' }]);
    await expect(query({ ...connection, password: 'guess' }, 'SELECT 1')).rejects.toThrow('password');
  });

  it('gives the product a role that reaches its own database and no file', async () => {
    const { connection } = await start();
    await expect(query(connection, `SELECT pg_read_file('/etc/hosts')`)).rejects.toThrow('permission denied');
    await expect(query(connection, `COPY kept TO PROGRAM 'cat'`)).rejects.toThrow('permission denied');
  });

  it('keeps data, password, socket and log from other users', async () => {
    await start();
    const mode = (name: string) => statSync(join(dataDir, name)).mode & 0o077;
    const names = ['postgres', 'postgres/cluster', 'postgres/password', 'postgres/run', 'postgres.log'];
    expect(names.map(mode)).toEqual([0, 0, 0, 0, 0]);
  });

  it('does not write values that users gave into its log', async () => {
    const { connection } = await start();
    await query(connection, 'CREATE TABLE secrets (word text PRIMARY KEY)');
    const insert = () => query(connection, `INSERT INTO secrets VALUES ('canary')`);
    await insert();
    await expect(insert()).rejects.toThrow('duplicate key');
    const log = readFileSync(join(dataDir, 'postgres.log'), 'utf8');
    expect(log).toContain('duplicate key');
    expect(log).not.toContain('canary');
  });

  it('tells when the server dies, and starts again after that', async () => {
    const server = await start();
    process.kill(server.pid, 'SIGKILL');
    expect(await server.ended).toEqual({ requested: false, reason: 'ended by SIGKILL' });
    expect(await keptIn(await start())).toEqual([{ answer: 42 }]);
  });

  it('ends by itself when its parent is killed with -9', async () => {
    const { parent, pid } = await startParent();
    expect(await running(pid)).toContain(pid);
    parent.kill('SIGKILL');
    await expect.poll(() => running(pid), { timeout: 5_000 }).toEqual([]);
  });

  it('starts at the moment after its parent was killed with -9', async () => {
    const { parent, pid } = await startParent();
    parent.kill('SIGKILL');
    const server = await start();
    expect(server.pid).not.toBe(pid);
    expect(await keptIn(server)).toEqual([{ answer: 42 }]);
  });

  it('ends a server that an earlier process left in the folder instead of using it', async () => {
    const earlier = await start();
    const server = await start();
    expect(await earlier.ended).toMatchObject({ requested: false });
    expect(server.pid).not.toBe(earlier.pid);
    expect(await keptIn(server)).toEqual([{ answer: 42 }]);
  });

  it('starts over the pid file of a process that is gone, and of one that is now another program', async () => {
    const gone = spawn(process.execPath, ['--version'], { stdio: 'ignore' });
    await once(gone, 'exit');
    for (const pid of [gone.pid!, process.pid]) {
      const locks = [join(cluster, 'postmaster.pid'), join(dataDir, 'postgres', 'run', '.s.PGSQL.5432.lock')];
      for (const lock of locks) writeFileSync(lock, `${pid}\n${cluster}\n`);
      const server = await start();
      expect(await keptIn(server)).toEqual([{ answer: 42 }]);
      await server.stop();
    }
  });

  it('begins again where the first start was cut off', async () => {
    const folder = join(dataDir, 'cut-off');
    const unfinished = join(folder, 'postgres', 'cluster.0badcafe');
    mkdirSync(unfinished, { recursive: true });
    writeFileSync(join(unfinished, 'PG_VERSION'), '18\n');
    const server = await start(folder);
    expect(await query(server.connection, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
    expect(existsSync(unfinished)).toBe(false);
  });

  it('says what its log says when it cannot start', async () => {
    const version = join(cluster, 'PG_VERSION');
    const right = readFileSync(version);
    writeFileSync(version, '9.6\n');
    try {
      await expect(start()).rejects.toThrow(/did not start \(exit code 1\)[^]*database files are incompatible/);
    } finally {
      writeFileSync(version, right);
    }
  });
});
