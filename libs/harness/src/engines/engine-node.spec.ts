import { mkdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DataFolder } from '../standalone/data-folder.js';
import { freePort } from '../processes/free-port.js';
import { EngineNode } from './engine-node.js';
import type { Programs } from './engine-programs.js';
import type { NodeRecipe } from './node-recipe.js';
import { REDIS_PROBE } from './probes.js';

/** Answers PING on the port that it is given, as Redis would, with a child process of its own at its side. */
const SERVER = `
const child = require('node:child_process').spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'ignore' });
require('node:net').createServer((socket) => socket.on('data', () => socket.end('+PONG'))).listen(process.argv[1], '127.0.0.1');
process.on('SIGTERM', () => child.kill() && process.exit());
`;
const PROGRAMS: Programs = { java: '', postgres: '', redis: '', kafka: '', cassandra: '' };

describe.runIf(process.platform === 'linux')('a node of an engine', () => {
  let data: DataFolder;
  let port: number;
  let initialised: number;
  let program: string;
  let node: EngineNode;

  beforeEach(async () => {
    data = new DataFolder();
    port = await freePort();
    initialised = 0;
    program = SERVER;
    node = another();
  });
  afterEach(async () => {
    await node.kill('SIGKILL');
    data.remove();
  });

  /** Knows the folder alone, as another process would. */
  function another(): EngineNode {
    const folder = join(data.path, 'redis-1');
    const recipe: NodeRecipe = {
      engine: 'redis',
      node: 1,
      folder,
      listeners: [{ host: '127.0.0.1', port }],
      configure: () => undefined,
      initialise: () => {
        initialised += 1;
        return Promise.resolve();
      },
      command: () => ({ file: process.execPath, args: ['-e', program, String(port), folder] }),
      mark: folder,
      probe: REDIS_PROBE,
      stopSignal: 'SIGTERM',
      startWithinMs: 5_000,
    };
    return new EngineNode(recipe, () => PROGRAMS);
  }

  it('answers once it is started, and no more once it is stopped', async () => {
    await node.start();
    expect(await node.answers()).toBe(true);
    await node.stop();
    expect(await node.answers()).toBe(false);
    expect(node.pid).toBeNull();
  });

  it('is started once, whoever asks', async () => {
    await node.start();
    const { pid } = node;
    await another().start();
    expect(another().pid).toBe(pid);
  });

  it('stays silent while it is paused, and can be stopped all the same', async () => {
    await node.start();
    node.pause();
    expect(await node.answers()).toBe(false);
    node.resume();
    expect(await node.answers()).toBe(true);
    node.pause();
    await node.stop();
    expect(node.pid).toBeNull();
  });

  it('is initialised again until it has answered, and never after that', async () => {
    program = 'console.error("no room left"); process.exit(1)';
    await expect(node.start()).rejects.toThrow(/redis 1 ended before it answered[^]*no room left/);
    program = SERVER;
    await node.start();
    expect(initialised).toBe(2);
    await node.kill('SIGKILL');
    await node.start();
    expect(initialised).toBe(2);
  });

  it('is not taken for another process that has its old pid', async () => {
    mkdirSync(node.folder, { recursive: true });
    writeFileSync(join(node.folder, 'pid'), String(process.pid));
    expect(node.pid).toBeNull();
    await node.stop();
    await node.start();
    expect(node.pid).not.toBe(process.pid);
  });

  it('does not start where something else has its port, and names that', async () => {
    const squatter = createServer();
    await new Promise<void>((resolve) => squatter.listen(port, '127.0.0.1', resolve));
    await expect(node.start()).rejects.toThrow(`redis 1 cannot have 127.0.0.1:${port}: process ${process.pid} listens`);
    await new Promise((resolve) => squatter.close(resolve));
  });

  it('tells its state, and its memory while it runs', async () => {
    const address = `127.0.0.1:${port}`;
    const down = { engine: 'redis', node: 1, address, pid: null, answers: false, memory: 0 };
    expect(await node.status()).toEqual(down);
    await node.start();
    const up = await node.status();
    expect(up).toEqual({ ...down, pid: node.pid, answers: true, memory: up.memory });
    expect(up.memory).toBeGreaterThan(1024 * 1024);
  });

  it('keeps its data as long as it runs', async () => {
    await node.start();
    expect(() => node.wipe()).toThrow('stop it before');
  });
});
