import { createHash, randomBytes } from 'node:crypto';
import {
  chownSync,
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ServerIdentity } from './server-identity.js';

/** Longest path of a Unix socket: 104 bytes with the closing zero on macOS, 108 on Linux (sockaddr_un). */
const SOCKET_PATH_BYTES = 103;
/** The port is only a part of the socket's name: nothing listens on the network. */
export const SOCKET_PORT = 5432;
const SOCKET_NAME = `.s.PGSQL.${SOCKET_PORT}`;

/** `DATA_DIR/postgres`, created private. An absolute path without links, as the server will know it. */
export function openPostgresFolder(dataDir: string): string {
  const folder = join(dataDir, 'postgres');
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  return realpathSync(folder);
}

/** Where a server keeps what, below one private folder. */
export class ClusterFolder {
  /** The database cluster itself (PGDATA). */
  readonly cluster: string;
  /** Where the server puts its socket. */
  readonly sockets: string;
  /** The password of both database users, made at the first start. */
  readonly password: string;
  readonly passwordFile: string;

  constructor(
    private readonly folder: string,
    private readonly identity: ServerIdentity,
  ) {
    this.cluster = join(folder, 'cluster');
    this.passwordFile = join(folder, 'password');
    this.password = this.keepPassword();
    this.sockets = this.openSocketFolder();
  }

  /** PostgreSQL's lock on its socket. */
  get socketLock(): string {
    return join(this.sockets, `${SOCKET_NAME}.lock`);
  }

  get isInitialised(): boolean {
    return existsSync(this.cluster);
  }

  /**
   * Makes a cluster with `initialise`, all or nothing: it is built beside its place and moved there when it is complete.
   * What an earlier attempt left half-done is removed.
   */
  async createCluster(initialise: (path: string) => Promise<void>): Promise<void> {
    for (const name of readdirSync(this.folder)) {
      if (name.startsWith('cluster.')) rmSync(join(this.folder, name), { recursive: true, force: true });
    }
    const path = join(this.folder, `cluster.${randomBytes(4).toString('hex')}`);
    await initialise(path);
    renameSync(path, this.cluster);
  }

  private keepPassword(): string {
    if (!existsSync(this.passwordFile)) {
      const unfinished = `${this.passwordFile}.new`;
      writeFileSync(unfinished, randomBytes(24).toString('hex'), { mode: 0o600, flush: true });
      this.giveAway(unfinished);
      renameSync(unfinished, this.passwordFile);
    }
    return readFileSync(this.passwordFile, 'utf8').trim();
  }

  private openSocketFolder(): string {
    const beside = join(this.folder, 'run');
    if (Buffer.byteLength(join(beside, SOCKET_NAME)) <= SOCKET_PATH_BYTES) return this.openPrivate(beside);
    const name = createHash('sha256').update(this.folder).digest('hex').slice(0, 16);
    return this.openPrivate(join(realpathSync(tmpdir()), `parley-${name}`));
  }

  /** In a folder for everybody, somebody else may have been there first. */
  private openPrivate(path: string): string {
    mkdirSync(path, { recursive: true, mode: 0o700 });
    const found = lstatSync(path);
    const owners = [process.getuid?.(), this.identity.owner?.uid];
    if (!found.isDirectory() || !owners.includes(found.uid)) {
      throw new Error(
        `${path} belongs to somebody else: the database's socket cannot be there. Use a shorter DATA_DIR.`,
      );
    }
    chmodSync(path, 0o700);
    this.giveAway(path);
    return path;
  }

  private giveAway(path: string): void {
    if (this.identity.owner) chownSync(path, this.identity.owner.uid, this.identity.owner.gid);
  }
}
