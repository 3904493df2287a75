import { closeSync, existsSync, fchownSync, fstatSync, openSync, readFileSync, renameSync, statSync } from 'node:fs';
import type { ServerIdentity } from './server-identity.js';

const KEPT_BYTES = 1_048_576;

/** The file that the server's output goes to. Above 1 MiB the next start moves it to `<path>.1`. */
export class ServerLog {
  readonly fd: number;
  private readonly start: number;

  constructor(
    readonly path: string,
    { owner }: Pick<ServerIdentity, 'owner'>,
  ) {
    if (existsSync(path) && statSync(path).size > KEPT_BYTES) renameSync(path, `${path}.1`);
    this.fd = openSync(path, 'a', 0o600);
    if (owner) fchownSync(this.fd, owner.uid, owner.gid);
    this.start = fstatSync(this.fd).size;
  }

  /** The last lines of this start. */
  tail(lines = 8): string {
    const written = readFileSync(this.path).subarray(this.start).toString('utf8').trim();
    return written.split('\n').slice(-lines).join('\n');
  }

  /** The server keeps its own copy of the descriptor. */
  close(): void {
    closeSync(this.fd);
  }
}
