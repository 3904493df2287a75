import { mkdirSync, readdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const LOCK = /^lock\.(\d+)\.(\d+)$/;
const ENDED = new Set(['Z', 'X']);

/** The folder belongs to another process that is alive. */
export class DataFolderInUseError extends Error {
  constructor(
    readonly folder: string,
    readonly pid: number,
  ) {
    super(`The data folder ${folder} is in use by process ${pid}. Stop that process or choose another DATA_DIR.`);
    this.name = 'DataFolderInUseError';
  }
}

/**
 * Keeps a second process off a data folder. Each process puts down a file of its own, `lock.<pid>.<start time>`, and
 * only then looks for those of others: of two that start at once at least one sees the other (both may refuse). A file
 * is void once its process is gone, so a start after kill -9 succeeds at once; the start time, in clock ticks since boot
 * (proc(5), field 22 of /proc/<pid>/stat), tells a process from a later one with the same pid, as containers have it.
 * Where there is no /proc the pid alone decides. Processes in different pid namespaces do not see each other.
 */
export class DataFolderLock {
  private static readonly held = new Set<string>();

  private constructor(
    private readonly folder: string,
    private readonly file: string,
  ) {}

  /** Takes the folder, which is created where it is missing. Throws `DataFolderInUseError`. */
  static acquire(folder: string): DataFolderLock {
    mkdirSync(folder, { recursive: true });
    const real = realpathSync(folder);
    if (this.held.has(real)) throw new DataFolderInUseError(folder, process.pid);
    const own = `lock.${process.pid}.${readProcess(process.pid)?.startTime ?? 0}`;
    const lock = new DataFolderLock(real, join(real, own));
    writeFileSync(lock.file, '');
    for (const name of readdirSync(real)) {
      const [, pid, startTime] = LOCK.exec(name) ?? [];
      if (pid === undefined || name === own) continue;
      if (isAlive(Number(pid), Number(startTime))) {
        rmSync(lock.file, { force: true });
        throw new DataFolderInUseError(folder, Number(pid));
      }
      rmSync(join(real, name), { force: true });
    }
    this.held.add(real);
    return lock;
  }

  /** Gives the folder back. May be called again. */
  release(): void {
    rmSync(this.file, { force: true });
    DataFolderLock.held.delete(this.folder);
  }
}

function isAlive(pid: number, startTime: number): boolean {
  if (pid === process.pid) return false;
  if (readProcess(process.pid)) {
    const found = readProcess(pid);
    return found !== null && found.startTime === startTime && !ENDED.has(found.state);
  }
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** State and start time of a process, or null where it is not there (or /proc is not). */
function readProcess(pid: number): { state: string; startTime: number } | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    // The second field is the command in brackets and may hold anything; what follows its last bracket is field 3 on.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return { state: fields[0] ?? '', startTime: Number(fields[19]) };
  } catch {
    return null;
  }
}
