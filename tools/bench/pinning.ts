import { execFileSync } from 'node:child_process';
import { availableParallelism, constants, setPriority } from 'node:os';

/** Gives a process with all its threads one core alone; answers whether that worked. */
export function pin(pid: number, core: number): boolean {
  if (availableParallelism() < 2) return false;
  try {
    execFileSync('taskset', ['-acp', String(core), String(pid)], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

/** Lets this process go before others that want the same core; only root may. */
export function preferThisProcess(): boolean {
  try {
    setPriority(constants.priority.PRIORITY_HIGH);
    return true;
  } catch {
    return false;
  }
}
