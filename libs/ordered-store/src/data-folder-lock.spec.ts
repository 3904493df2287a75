import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DataFolderInUseError, DataFolderLock } from './data-folder-lock.js';

const hasProc = existsSync('/proc/self/stat');

/** Field 22 of proc(5): clock ticks since boot. */
function startTimeOf(pid: number): number {
  if (!hasProc) return 0;
  const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
  return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19]);
}

describe('DataFolderLock', () => {
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'data-folder-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const takesIt = () => DataFolderLock.acquire(folder).release();

  it('takes a free folder, creating it, and leaves nothing behind', () => {
    const fresh = join(folder, 'a', 'b');
    DataFolderLock.acquire(fresh).release();
    expect(readdirSync(fresh)).toEqual([]);
  });

  it('refuses a folder that this process holds already, by whatever path', () => {
    const lock = DataFolderLock.acquire(folder);
    expect(() => DataFolderLock.acquire(`${folder}/../${folder.split('/').at(-1)}`)).toThrow(DataFolderInUseError);
    lock.release();
    expect(takesIt).not.toThrow();
  });

  it('refuses a folder that a living process holds, and names it', async () => {
    const holder = spawn('sleep', ['60']);
    const file = join(folder, `lock.${holder.pid}.${startTimeOf(holder.pid!)}`);
    writeFileSync(file, '');
    expect(takesIt).toThrow(`in use by process ${holder.pid}`);
    expect(readdirSync(folder)).toHaveLength(1);

    const ended = new Promise((resolve) => holder.once('exit', resolve));
    holder.kill('SIGKILL');
    await ended;
    expect(takesIt).not.toThrow();
    expect(readdirSync(folder)).toEqual([]);
  });

  it.runIf(hasProc)('takes a folder whose holder was killed though its pid belongs to another process now', () => {
    const stranger = spawn('sleep', ['60']);
    writeFileSync(join(folder, `lock.${stranger.pid}.${startTimeOf(stranger.pid!) - 1}`), '');
    expect(takesIt).not.toThrow();
    stranger.kill('SIGKILL');
  });

  it('takes a folder whose holder was killed though its pid is our own now', () => {
    writeFileSync(join(folder, `lock.${process.pid}.1`), '');
    expect(takesIt).not.toThrow();
  });

  it('leaves files alone that are none of its own', () => {
    writeFileSync(join(folder, 'lock.mdb'), '');
    takesIt();
    expect(readdirSync(folder)).toEqual(['lock.mdb']);
  });
});
