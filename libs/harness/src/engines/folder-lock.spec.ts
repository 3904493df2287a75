import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { DataFolder } from '../standalone/data-folder.js';
import { withLock } from './folder-lock.js';
import { identityOf } from './process-table.js';

describe.runIf(process.platform === 'linux')('a lock on a folder', () => {
  const data = new DataFolder();
  const file = join(data.path, 'lock');
  afterAll(() => data.remove());

  const noWait = (): void => {
    throw new Error('nobody was there to wait for');
  };

  it('lets one in after the other, and tells the later one whom it waits for', async () => {
    const told: number[] = [];
    const done: string[] = [];
    let leave = (): void => undefined;
    const first = withLock(data.path, noWait, async () => {
      await new Promise<void>((resolve) => (leave = resolve));
      done.push('first');
    });
    const second = withLock(
      data.path,
      (pid) => {
        told.push(pid);
        leave();
      },
      async () => done.push('second'),
    );
    await Promise.all([first, second]);
    expect(done).toEqual(['first', 'second']);
    expect(told).toEqual([process.pid]);
  });

  it('is free again after work that failed', async () => {
    await expect(withLock(data.path, noWait, () => Promise.reject(new Error('no')))).rejects.toThrow('no');
    expect(existsSync(file)).toBe(false);
  });

  it('of a process that has ended counts for nothing', async () => {
    const child = spawn(process.execPath, ['-e', 'process.stdin.resume()'], { stdio: ['pipe', 'ignore', 'ignore'] });
    await once(child, 'spawn');
    writeFileSync(file, identityOf(child.pid!) ?? '');
    child.stdin.end();
    await once(child, 'exit');
    expect(await withLock(data.path, noWait, () => Promise.resolve('through'))).toBe('through');
  });

  it('of a process whose pid another one has now counts for nothing', async () => {
    writeFileSync(file, `${process.pid} 1`);
    expect(await withLock(data.path, noWait, () => Promise.resolve('through'))).toBe('through');
  });
});
