import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as passed } from 'node:timers/promises';
import { identityOf } from './process-table.js';

const LOOK_EVERY_MS = 200;

/**
 * Does the work while no other process does work of the same kind on the folder. Waits for one that does, and calls
 * `onWait` first. The lock of a process that has ended counts for nothing.
 */
export async function withLock<T>(folder: string, onWait: (pid: number) => void, work: () => Promise<T>): Promise<T> {
  const file = join(folder, 'lock');
  mkdirSync(folder, { recursive: true });
  let waited = false;
  while (!take(file)) {
    const holder = existsSync(file) ? parseInt(readFileSync(file, 'utf8')) : null;
    if (!waited && holder !== null) onWait(holder);
    waited = true;
    await passed(LOOK_EVERY_MS);
  }
  try {
    return await work();
  } finally {
    rmSync(file);
  }
}

function take(file: string): boolean {
  if (existsSync(file) && !isHeld(readFileSync(file, 'utf8'))) rmSync(file, { force: true });
  try {
    writeFileSync(file, identityOf(process.pid) ?? '', { flag: 'wx' });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

/** `identity` is what the holder wrote; the pid alone could be another process's by now. */
function isHeld(identity: string): boolean {
  return identityOf(parseInt(identity)) === identity;
}
