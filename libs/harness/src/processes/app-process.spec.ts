import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { AppProcess } from './app-process.js';
import { freePort } from './free-port.js';

/** An app as small as can be: it answers on its port, says that it is ready, and ends as ENDING tells. */
const APP = `
import { createServer } from 'node:http';
const { PORT, ENDING } = process.env;
if (ENDING === 'before it is ready') { console.error('no engine'); process.exit(7); }
createServer((request, response) => response.end()).listen(Number(PORT), '127.0.0.1', () => console.log('It is ready in no time'));
process.once('SIGTERM', () => { console.log('goodbye'); process.exit(3); });
`;

describe('The process of an app', () => {
  let folder: string;
  let port: number;
  const started: AppProcess[] = [];

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'parley-'));
    writeFileSync(join(folder, 'main.mjs'), APP);
  });
  afterEach(async () => {
    for (const app of started.splice(0)) await app.stop();
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  async function prepare(env: Record<string, string> = {}): Promise<AppProcess> {
    port = await freePort();
    const app = new AppProcess({
      name: 'app 1',
      main: join(folder, 'main.mjs'),
      env: { PORT: String(port), ...env },
      readyUrl: `http://127.0.0.1:${port}/health/ready`,
      logFile: join(folder, 'logs', `${port}.log`),
    });
    started.push(app);
    return app;
  }

  it('runs from its start to the signal that ends it, and again', async () => {
    const app = await prepare();
    await app.start();
    const first = app.pid;
    const ended = app.ended();
    expect(await app.kill('SIGTERM')).toBe(3);
    expect(await ended).toEqual({ code: 3, signal: null, requested: true });
    expect(app.running).toBe(false);
    await app.start();
    expect(app.pid).not.toBe(first);
    await expect(app.start()).rejects.toThrow('app 1 runs already');
  });

  it('tells a death that nobody asked for from an end', async () => {
    const app = await prepare();
    await app.start();
    process.kill(app.pid, 'SIGKILL');
    expect(await app.ended()).toEqual({ code: null, signal: 'SIGKILL', requested: false });
  });

  it('says why it did not start', async () => {
    const app = await prepare({ ENDING: 'before it is ready' });
    await expect(app.start()).rejects.toThrow(/app 1 ended with 7 before it was ready:\nno engine/);
    expect(app.running).toBe(false);
  });

  it('answers nothing while it is paused, and goes on after that', async () => {
    const app = await prepare();
    await app.start();
    const url = `http://127.0.0.1:${port}`;
    app.pause();
    await expect(fetch(url, { signal: AbortSignal.timeout(300) })).rejects.toThrow();
    app.resume();
    expect((await fetch(url)).status).toBe(200);
  });

  it('ends by SIGTERM even when it is paused', async () => {
    const app = await prepare();
    await app.start();
    app.pause();
    expect(await app.kill('SIGTERM')).toBe(3);
  });

  it('writes what it prints to its log file, start after start', async () => {
    const app = await prepare();
    await app.start();
    await app.restart('SIGTERM');
    const log = (): string => readFileSync(join(folder, 'logs', `${port}.log`), 'utf8');
    await expect.poll(log).toBe('It is ready in no time\ngoodbye\nIt is ready in no time\n');
    expect(app.output.lines).toEqual(log().trimEnd().split('\n'));
  });
});
