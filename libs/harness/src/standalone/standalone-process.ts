import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { DataFolder } from './data-folder.js';
import { freePort } from './free-port.js';
import { Output } from './output.js';

const NODE_FLAGS = ['--max-semi-space-size=64', '--enable-source-maps'];
/** The surroundings' variables stay outside, so that nobody's shell changes a result; programs are still found. */
const PATH = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';
const READY_WITHIN_MS = 30_000;
const STOP_WITHIN_MS = 15_000;

export interface StandaloneOptions {
  /** Where it keeps its data; left out: a temporary folder that `stop` removes. */
  dataDir?: string;
  /** Left out: a free one, the same after each restart. */
  port?: number;
  /** On top of `PATH`, `PORT` and `DATA_DIR`. */
  env?: Readonly<Record<string, string>>;
  /** Runs it on this processor core alone (needs `taskset`). */
  core?: number;
  /** The built program, relative to the working directory; default `dist/apps/standalone/main.js`. */
  main?: string;
}

/**
 * The standalone server as a process of its own, from the outside: started, killed and started again on the same port
 * and data. It never outlives this process: an IPC channel closes with it, and the server takes that as SIGTERM.
 */
export class StandaloneProcess {
  readonly output = new Output();
  private child: ChildProcess | null = null;
  private readonly killWithUs = (): void => void this.child?.kill('SIGKILL');

  private constructor(
    readonly port: number,
    private readonly folder: { path: string; remove(): void },
    private readonly options: StandaloneOptions,
  ) {}

  /** Starts it and waits until it takes sends. Throws, with its output, where that does not happen within 30 s. */
  static async start(options: StandaloneOptions = {}): Promise<StandaloneProcess> {
    const folder = options.dataDir ? { path: options.dataDir, remove: () => undefined } : new DataFolder();
    const server = new StandaloneProcess(options.port ?? (await freePort()), folder, options);
    process.once('exit', server.killWithUs);
    try {
      await server.start();
    } catch (error) {
      await server.stop();
      throw error;
    }
    return server;
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  get dataDir(): string {
    return this.folder.path;
  }

  /** Of the running process. */
  get pid(): number {
    if (!this.running || this.child?.pid === undefined) throw new Error('The server is not running');
    return this.child.pid;
  }

  get running(): boolean {
    return this.child !== null && this.child.exitCode === null && this.child.signalCode === null;
  }

  /** Starts it after a `kill`. Resolves when it is ready. */
  async start(): Promise<void> {
    const main = resolve(this.options.main ?? 'dist/apps/standalone/main.js');
    if (!existsSync(main)) throw new Error(`${main} is missing. Build it first: npm run build`);
    const before = this.output.lines.length;
    const child = this.spawn(main);
    this.child = child;
    const ended = new AbortController();
    const exit = once(child, 'exit', { signal: ended.signal }).then(([code, signal]: unknown[]) => {
      throw new Error(`The server ended with ${String(code ?? signal)} before it was ready:\n${this.output.tail()}`);
    });
    const timeout = AbortSignal.timeout(READY_WITHIN_MS);
    const late = once(timeout, 'abort', { signal: ended.signal }).then(() => {
      throw new Error(`The server was not ready within ${READY_WITHIN_MS} ms:\n${this.output.tail()}`);
    });
    const ready = this.output.line('ready in', before).then(() => this.answersReady(timeout));
    try {
      await Promise.race([ready, exit, late]);
    } catch (error) {
      await this.kill('SIGKILL');
      throw error;
    } finally {
      exit.catch(() => undefined);
      late.catch(() => undefined);
      ended.abort();
    }
  }

  /** Sends the signal and waits until the process is gone. Resolves to its exit code, or null where the signal ended it. */
  async kill(signal: 'SIGKILL' | 'SIGTERM'): Promise<number | null> {
    const child = this.child;
    if (!child || !this.running) return child?.exitCode ?? null;
    const gone = once(child, 'exit');
    child.kill(signal);
    const hard = setTimeout(() => child.kill('SIGKILL'), STOP_WITHIN_MS);
    await gone;
    clearTimeout(hard);
    return child.exitCode;
  }

  /** Ends it with the signal and starts it again. */
  async restart(signal: 'SIGKILL' | 'SIGTERM' = 'SIGKILL'): Promise<void> {
    await this.kill(signal);
    await this.start();
  }

  /** Ends it for good and removes a temporary data folder. */
  async stop(): Promise<void> {
    await this.kill('SIGTERM');
    process.off('exit', this.killWithUs);
    this.folder.remove();
  }

  private spawn(main: string): ChildProcess {
    const { core } = this.options;
    const pinned = core === undefined ? [] : ['taskset', '-c', String(core)];
    const [command, ...args] = [...pinned, process.execPath, ...NODE_FLAGS, main];
    const child = spawn(command, args, {
      env: {
        PATH,
        PORT: String(this.port),
        DATA_DIR: this.folder.path,
        ...this.options.env,
      },
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    });
    if (child.stdout) this.output.read(child.stdout);
    if (child.stderr) this.output.read(child.stderr);
    return child;
  }

  private async answersReady(signal: AbortSignal): Promise<void> {
    const response = await fetch(`${this.url}/health/ready`, { signal });
    if (response.status !== 200) throw new Error(`/health/ready answered ${response.status} after "ready in"`);
  }
}
