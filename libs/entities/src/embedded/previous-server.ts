import { execFile } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { readdir, readFile, readlink } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

/** What `postmaster.pid` says, or null where there is none. */
export function readPidFile(cluster: string): { pid: number; ready: boolean } | null {
  try {
    const lines = readFileSync(join(cluster, 'postmaster.pid'), 'utf8').split('\n');
    const pid = Number(lines[0]);
    // Line 8 is the state that pg_ctl waits for (miscadmin.h, LOCK_FILE_LINE_PM_STATUS).
    return Number.isSafeInteger(pid) && pid > 0 ? { pid, ready: lines[7]?.trim() === 'ready' } : null;
  } catch {
    return null;
  }
}

/**
 * Ends a server that an earlier process of ours left in this folder: it holds the folder and was started with settings
 * of its own. Then removes the lock files, of the cluster and of the socket: PostgreSQL refuses to start while a process
 * has the number that stands in them, be it another program or a zombie that nobody collects. Only a process that is a
 * PostgreSQL of this folder gets a signal.
 */
export async function stopPreviousServer(cluster: string, socketLock: string): Promise<void> {
  const pid = readPidFile(cluster)?.pid;
  if (pid !== undefined) {
    const gone = (await endServer(cluster, pid, 'SIGINT', 10_000)) || (await endServer(cluster, pid, 'SIGQUIT', 5_000));
    if (!gone) throw new Error(`The PostgreSQL server ${pid} in ${cluster} does not stop: end it by hand.`);
  }
  rmSync(join(cluster, 'postmaster.pid'), { force: true });
  rmSync(socketLock, { force: true });
}

/**
 * Signals the server and waits for it and for its children, which live on for a moment where it was killed: a new
 * server beside them would damage the data.
 */
async function endServer(cluster: string, pid: number, signal: NodeJS.Signals, waitMs: number): Promise<boolean> {
  const deadline = performance.now() + waitMs;
  let running = await processesOf(cluster, pid);
  if (running.includes(pid)) trySignal(pid, signal);
  while (running.length > 0 && performance.now() < deadline) {
    await delay(20);
    running = await processesOf(cluster, pid);
  }
  return running.length === 0;
}

/**
 * The PostgreSQL processes that work in this folder: it is the working directory of all of them. Where there is no
 * /proc, only the server itself is looked for, by its command line.
 */
export async function processesOf(cluster: string, server: number): Promise<number[]> {
  if (process.platform !== 'linux') {
    const command = await commandLine(server);
    return command.includes(`/postgres -D ${cluster} `) ? [server] : [];
  }
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const found = await Promise.all(pids.map(async (pid) => ((await worksIn(cluster, pid)) ? [Number(pid)] : [])));
  return found.flat();
}

async function worksIn(cluster: string, pid: string): Promise<boolean> {
  try {
    if ((await readlink(`/proc/${pid}/cwd`)) !== cluster) return false;
    return (await readFile(`/proc/${pid}/comm`, 'utf8')).trim() === 'postgres';
  } catch {
    return false; // gone, or another user's
  }
}

function commandLine(pid: number): Promise<string> {
  return new Promise((resolve) => {
    execFile('ps', ['-ww', '-o', 'command=', '-p', String(pid)], (error, stdout) => resolve(error ? '' : stdout));
  });
}

function trySignal(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch {
    // It ended in this moment.
  }
}
