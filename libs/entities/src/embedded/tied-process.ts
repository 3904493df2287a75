import { spawn, type ChildProcess } from 'node:child_process';
import type { ServerIdentity } from './server-identity.js';

/** How a process ended; `error` where it never began. */
export interface ProcessEnd {
  code: number | null;
  signal: NodeJS.Signals | null;
  error?: Error;
}

/** A child whose life is tied to ours. `ended` never rejects. */
export interface TiedProcess {
  child: ChildProcess;
  ended: Promise<ProcessEnd>;
}

/**
 * The shell becomes the command (so its process id is the command's) and leaves a watcher behind that reads from a
 * pipe. When the parent dies, however it dies, the kernel closes the pipe, and the watcher interrupts the command; a
 * line in the pipe is the parent saying that the command has ended. The watcher is nobody's child: PostgreSQL takes the
 * unexpected end of a child of its own for a crash.
 */
const TIE = `( ( read -r _ || kill -INT $$ ) <&3 >/dev/null 2>&1 & ); exec "$@" 3<&-`;

/**
 * Starts a command that is interrupted (SIGINT) as soon as this process is gone, kill -9 included. Its output goes to
 * the file descriptor `log`. It has a session of its own: Ctrl-C in a terminal reaches only us, so that the server stays
 * until we have finished with it.
 */
export function spawnTied(command: string[], identity: ServerIdentity, log: number): TiedProcess {
  const child = spawn('/bin/sh', ['-c', TIE, 'sh', ...identity.wrap(command)], {
    ...identity.spawnAs,
    cwd: '/',
    detached: true,
    // Nothing of our environment: PGDATA and its like would change the server.
    env: { PATH: '/usr/local/bin:/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC' },
    stdio: ['ignore', log, log, 'pipe'],
  });
  const tie = child.stdio[3] as NodeJS.WritableStream | null;
  tie?.on('error', () => undefined); // the watcher may be gone first
  const ended = new Promise<ProcessEnd>((resolve) => {
    child.once('error', (error) => resolve({ code: null, signal: null, error }));
    child.once('exit', (code, signal) => {
      tie?.end('ended\n');
      resolve({ code, signal });
    });
  });
  return { child, ended };
}
