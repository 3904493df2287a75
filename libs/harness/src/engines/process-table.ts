import { readdirSync, readFileSync, readlinkSync } from 'node:fs';

/** What Linux knows of processes, from /proc (proc(5)). A process that ends while it is looked at counts as gone. */

function read(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return null;
  }
}

function allPids(): number[] {
  return readdirSync('/proc').map(Number).filter(Number.isInteger);
}

/** The arguments of a process; empty where it is gone or only waits to be reaped. */
export function commandLineOf(pid: number): string[] {
  return (read(`/proc/${pid}/cmdline`) ?? '').split('\0').filter((argument) => argument !== '');
}

/** "pid (name) state ppid ...", and a name may contain anything: the fields from `state` on. */
function statOf(pid: number): string[] {
  return (read(`/proc/${pid}/stat`) ?? '').split(') ').at(-1)?.split(' ') ?? [];
}

const STATE = 0;
const PARENT = 1;
const OWN_TICKS = 11;
const THREADS = 17;
const START_TIME = 19;

/**
 * Whether a process is only waiting to be reaped, its last thread gone: it holds no port, file or memory any more, but
 * its pid still takes signals.
 */
export function isZombie(pid: number): boolean {
  const fields = statOf(pid);
  return fields[STATE] === 'Z' && Number(fields[THREADS]) <= 1;
}

/** Whether a process is gone, or as good as gone. */
export function hasEnded(pid: number): boolean {
  return read(`/proc/${pid}/stat`) === null || isZombie(pid);
}

/** "pid start-time": no two processes since the machine's start have the same. Null where there is no such process. */
export function identityOf(pid: number): string | null {
  const startTime = statOf(pid)[START_TIME];
  return startTime === undefined || isZombie(pid) ? null : `${pid} ${startTime}`;
}

/** The process with everything that it started and that still lives, parents first. */
export function processTree(pid: number): number[] {
  const children = new Map<number, number[]>();
  for (const each of allPids()) {
    const parent = Number(statOf(each)[PARENT]);
    children.set(parent, [...(children.get(parent) ?? []), each]);
  }
  const tree = [pid];
  for (const each of tree) tree.push(...(children.get(each) ?? []));
  return tree;
}

/** Bytes of memory that a process and its children take, with what several of them map counted once. */
export function memoryOf(pid: number): number {
  const kibibytes = processTree(pid).map((each) => /^Pss:\s+(\d+) kB/m.exec(read(`/proc/${each}/smaps_rollup`) ?? ''));
  return 1024 * kibibytes.reduce((sum, found) => sum + Number(found?.[1] ?? 0), 0);
}

/** Clock ticks a second in /proc: 100 on every Linux that Node runs on. */
const TICKS_PER_SECOND = 100;

/**
 * Microseconds of processor time that a process and its children have used so far, user and system, those of children
 * that have ended included.
 */
export function processorMicrosOf(pid: number): number {
  const ticks = processTree(pid).flatMap((each) => statOf(each).slice(OWN_TICKS, OWN_TICKS + 4));
  return (ticks.reduce((sum, some) => sum + Number(some), 0) / TICKS_PER_SECOND) * 1e6;
}

/** The process that listens on an IPv4 or IPv6 TCP port, as far as this user may see it. */
export function listenerOn(port: number): { pid: number; command: string } | null {
  const sockets = new Set(['/proc/net/tcp', '/proc/net/tcp6'].flatMap((table) => listeningInodes(table, port)));
  const pid = allPids().find((each) => openFiles(each).some((file) => sockets.has(file)));
  return pid === undefined ? null : { pid, command: commandLineOf(pid).join(' ') };
}

const LISTENING = '0A';

function listeningInodes(table: string, port: number): string[] {
  const rows = (read(table) ?? '').split('\n').map((line) => line.trim().split(/\s+/));
  return rows
    .filter(([, local, , state]) => state === LISTENING && parseInt(local.split(':')[1], 16) === port)
    .map((fields) => `socket:[${fields[9]}]`);
}

function openFiles(pid: number): string[] {
  const folder = `/proc/${pid}/fd`;
  const descriptors = orEmpty(() => readdirSync(folder));
  // One by one: a file that is closed in the meantime hides no other.
  return descriptors.flatMap((descriptor) => orEmpty(() => [readlinkSync(`${folder}/${descriptor}`)]));
}

function orEmpty(look: () => string[]): string[] {
  try {
    return look();
  } catch {
    return [];
  }
}
