import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream, existsSync, mkdirSync, type WriteStream } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { Output } from './output.js';

const NODE_FLAGS = ['--max-semi-space-size=64', '--enable-source-maps'];
/** The surroundings' variables stay outside, so that nobody's shell changes a result; programs are still found. */
const PATH = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';
const READY_WITHIN_MS = 30_000;
const STOP_WITHIN_MS = 15_000;

export interface AppProcessOptions {
  /** What it is called in errors. */
  name: string;
  /** The built program, relative to the working directory. */
  main: string;
  /** On top of `PATH`; the whole environment otherwise. */
  env: Readonly<Record<string, string>>;
  /** Its `/health/ready`, asked after the line that contains "is ready in". */
  readyUrl: string;
  /** Runs it on this processor core alone (needs `taskset`). */
  core?: number;
  /** Default 30,000. */
  readyWithinMs?: number;
  /** Gets what it prints, each start after the last. */
  logFile?: string;
}

/** How a run of a process ended. */
export interface ProcessEnd {
  /** null where a signal ended it. */
  code: number | null;
  signal: NodeJS.Signals | null;
  /** Whether we had asked for it. */
  requested: boolean;
}

/**
 * One built app as a process of its own, from the outside: started, paused, killed and started again. It never outlives
 * this process: an IPC channel closes with it, and the app takes that as SIGTERM.
 */
export class AppProcess {
  readonly output = new Output();
  private child: ChildProcess | null = null;
  private requested = false;
  private paused = false;
  private readonly killWithUs = (): void => void this.child?.kill('SIGKILL');

  constructor(private readonly options: AppProcessOptions) {
    process.once('exit', this.killWithUs);
  }

  get name(): string {
    return this.options.name;
  }

  /** Of the running process. */
  get pid(): number {
    if (!this.running || this.child?.pid === undefined) throw new Error(`${this.name} is not running`);
    return this.child.pid;
  }

  get running(): boolean {
    return this.child !== null && this.child.exitCode === null && this.child.signalCode === null;
  }

  /** Starts it, the first time or again. Resolves when it is ready; throws, with its output, where that fails. */
  async start(): Promise<void> {
    const main = resolve(this.options.main);
    if (!existsSync(main)) throw new Error(`${main} is missing. Build it first: npm run build`);
    if (this.running) throw new Error(`${this.name} runs already`);
    const withinMs = this.options.readyWithinMs ?? READY_WITHIN_MS;
    const before = this.output.count;
    const child = this.spawn(main);
    const over = new AbortController();
    const exit = once(child, 'exit', { signal: over.signal }).then(([code, signal]: unknown[]) => {
      throw new Error(`${this.name} ended with ${String(code ?? signal)} before it was ready:\n${this.output.tail()}`);
    });
    const timeout = AbortSignal.timeout(withinMs);
    const late = once(timeout, 'abort', { signal: over.signal }).then(() => {
      throw new Error(`${this.name} was not ready within ${withinMs} ms:\n${this.output.tail()}`);
    });
    const ready = this.output.line('is ready in', before).then(() => this.answersReady(timeout));
    try {
      await Promise.race([ready, exit, late]);
    } catch (error) {
      await this.kill('SIGKILL');
      throw error;
    } finally {
      exit.catch(() => undefined);
      late.catch(() => undefined);
      over.abort();
    }
  }

  /** Resolves when the process that runs now has ended, whoever ended it. */
  async ended(): Promise<ProcessEnd> {
    const { child } = this;
    if (!child) throw new Error(`${this.name} was never started`);
    if (this.running) await once(child, 'exit');
    return { code: child.exitCode, signal: child.signalCode, requested: this.requested };
  }

  /**
   * Sends the signal and waits until the process is gone; one that takes more than 15 s is killed. Resolves to its exit
   * code, or null where a signal ended it.
   */
  async kill(signal: 'SIGKILL' | 'SIGTERM'): Promise<number | null> {
    const child = this.child;
    if (!child || !this.running) return child?.exitCode ?? null;
    this.requested = true;
    const gone = once(child, 'exit');
    child.kill(signal);
    // A paused process takes no signal but SIGKILL.
    this.resume();
    const hard = setTimeout(() => child.kill('SIGKILL'), STOP_WITHIN_MS);
    await gone;
    clearTimeout(hard);
    return child.exitCode;
  }

  /** Stops it where it stands (SIGSTOP): its connections stay, nothing on them is answered. */
  pause(): void {
    process.kill(this.pid, 'SIGSTOP');
    this.paused = true;
  }

  /** Lets a paused process go on as if nothing had happened to it. */
  resume(): void {
    if (this.paused) this.child?.kill('SIGCONT');
    this.paused = false;
  }

  /** Ends it with the signal and starts it again. */
  async restart(signal: 'SIGKILL' | 'SIGTERM' = 'SIGKILL'): Promise<void> {
    await this.kill(signal);
    await this.start();
  }

  /** Ends it for good. */
  async stop(): Promise<void> {
    await this.kill('SIGTERM');
    process.off('exit', this.killWithUs);
  }

  private spawn(main: string): ChildProcess {
    const { core, env, logFile } = this.options;
    const pinned = core === undefined ? [] : ['taskset', '-c', String(core)];
    const [command, ...args] = [...pinned, process.execPath, ...NODE_FLAGS, main];
    const child = spawn(command, args, { env: { PATH, ...env }, stdio: ['ignore', 'pipe', 'pipe', 'ipc'] });
    const log = logFile === undefined ? null : appendTo(logFile);
    for (const stream of [child.stdout, child.stderr]) {
      if (!stream) continue;
      this.output.read(stream);
      if (log) stream.pipe(log, { end: false });
    }
    child.once('close', () => log?.end());
    this.child = child;
    this.requested = false;
    this.paused = false;
    return child;
  }

  private async answersReady(signal: AbortSignal): Promise<void> {
    const response = await fetch(this.options.readyUrl, { signal });
    if (response.status !== 200)
      throw new Error(`${this.options.readyUrl} answered ${response.status} after "is ready in"`);
  }
}

function appendTo(file: string): WriteStream {
  mkdirSync(dirname(file), { recursive: true });
  return createWriteStream(file, { flags: 'a' });
}
