import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { freePort } from '../processes/free-port.js';
import {
  commandLineOf,
  hasEnded,
  identityOf,
  listenerOn,
  memoryOf,
  processorMicrosOf,
  processTree,
} from './process-table.js';

/** Starts a child of its own, prints that one's pid, and lives until its input ends. */
const PARENT = `
const child = require('node:child_process').spawn(process.execPath, ['-e', 'process.stdin.resume()'], { stdio: ['inherit', 'ignore', 'ignore'] });
console.log(child.pid);
child.on('exit', () => process.exit());
`;

const BUSY_MICROS = 400_000;
/** Waits for a child that is busy for so long, prints a line, and lives until its input ends. */
const BUSY_PARENT = `
const busy = 'while (process.cpuUsage().user < ${BUSY_MICROS});';
require('node:child_process').spawnSync(process.execPath, ['-e', busy]);
console.log();
process.stdin.resume();
`;

describe.runIf(process.platform === 'linux')('the process table', () => {
  const started: ChildProcess[] = [];
  afterEach(() => started.splice(0).forEach((child) => child.kill('SIGKILL')));

  async function family(): Promise<{ parent: ChildProcess; pids: number[] }> {
    const parent = spawn(process.execPath, ['-e', PARENT, 'a mark'], { stdio: ['pipe', 'pipe', 'ignore'] });
    started.push(parent);
    const [line] = (await once(parent.stdout, 'data')) as [Buffer];
    return { parent, pids: [parent.pid!, Number(line)] };
  }

  it('knows the arguments, the children, the memory and the end of a process', async () => {
    const { parent, pids } = await family();
    expect(commandLineOf(pids[0])).toContain('a mark');
    expect(processTree(pids[0])).toEqual(pids);
    expect(memoryOf(pids[0])).toBeGreaterThan(1024 * 1024);
    expect(pids.map((pid) => hasEnded(pid))).toEqual([false, false]);

    parent.stdin!.end();
    await once(parent, 'exit');
    expect(hasEnded(pids[0])).toBe(true);
    expect(commandLineOf(pids[0])).toEqual([]);
    expect(identityOf(pids[0])).toBeNull();
  });

  it('counts the processor time of a process and of its children, those that have ended included', async () => {
    const parent = spawn(process.execPath, ['-e', BUSY_PARENT], { stdio: ['pipe', 'pipe', 'ignore'] });
    started.push(parent);
    await once(parent.stdout, 'data');
    expect(processorMicrosOf(parent.pid!)).toBeGreaterThanOrEqual(BUSY_MICROS);
  });

  it('tells two processes apart', async () => {
    const { pids } = await family();
    expect(identityOf(process.pid)).toBe(identityOf(process.pid));
    expect(new Set([process.pid, ...pids].map((pid) => identityOf(pid))).size).toBe(3);
  });

  it('knows who listens on a port', async () => {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    expect(listenerOn(port)?.pid).toBe(process.pid);
    await new Promise((resolve) => server.close(resolve));
    expect(listenerOn(await freePort())).toBeNull();
  });
});
