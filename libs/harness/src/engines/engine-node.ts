import type { Engine } from '@parley/contracts';
import { spawn } from 'node:child_process';
import { closeSync, existsSync, mkdirSync, openSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as passed } from 'node:timers/promises';
import type { Programs } from './engine-programs.js';
import { requireFree } from './free-listener.js';
import type { NodeRecipe } from './node-recipe.js';
import { answersTo, type Listener } from './probes.js';
import { commandLineOf, hasEnded, memoryOf, processTree } from './process-table.js';
import { ENGINE_ENV } from './run-program.js';

/** Nobody tells of the end of a process that another one started, nor of an engine that becomes ready: one looks. */
const LOOK_EVERY_MS = 50;
const PROBE_WITHIN_MS = 2_000;
const STOP_WITHIN_MS = 20_000;
const LOG_TAIL_LINES = 25;

export interface NodeStatus {
  engine: Engine;
  node: number;
  /** `host:port` for clients. */
  address: string;
  /** Null where it does not run. */
  pid: number | null;
  answers: boolean;
  /** Bytes. */
  memory: number;
}

/**
 * One engine process on this machine. It runs on its own: it outlives the process that started it, and any other that
 * knows its folder can find, pause, kill and start it. Linux only.
 */
export class EngineNode {
  constructor(
    private readonly recipe: NodeRecipe,
    /** Throws where some are missing. */
    private readonly programs: () => Programs,
  ) {}

  get engine(): Engine {
    return this.recipe.engine;
  }

  /** From 1. */
  get node(): number {
    return this.recipe.node;
  }

  get folder(): string {
    return this.recipe.folder;
  }

  /** For clients. */
  get listener(): Listener {
    return this.recipe.listeners[0];
  }

  get address(): string {
    return `${this.listener.host}:${this.listener.port}`;
  }

  /** Whether it has ever answered: only then its data is worth keeping. */
  get hasAnswered(): boolean {
    return existsSync(this.file('answered'));
  }

  /** Of the running process, paused or not; null where there is none, or where the pid now belongs to a stranger. */
  get pid(): number | null {
    if (!existsSync(this.file('pid'))) return null;
    const pid = Number(readFileSync(this.file('pid'), 'utf8'));
    return commandLineOf(pid).includes(this.recipe.mark) ? pid : null;
  }

  /** Whether it serves a request of its own protocol right now. */
  answers(): Promise<boolean> {
    return answersTo(this.recipe.probe, this.listener, PROBE_WITHIN_MS);
  }

  /** Throws where it does not run and something else has one of its addresses. */
  async requirePorts(): Promise<void> {
    if (this.pid !== null) return;
    for (const listener of this.recipe.listeners) await requireFree(this.name, listener);
  }

  /**
   * Starts it, where it does not run, and waits until it answers. Throws where something is not installed, a port is
   * taken, or the process ends or does not answer in time; the message has the end of its log.
   */
  async start(): Promise<void> {
    if (this.pid === null) await this.launch();
    this.resume();
    const deadline = performance.now() + this.recipe.startWithinMs;
    while (!(await this.answers())) {
      if (this.pid === null) throw this.failure('ended before it answered');
      if (performance.now() > deadline) throw this.failure(`did not answer within ${this.recipe.startWithinMs} ms`);
      await passed(LOOK_EVERY_MS);
    }
    writeFileSync(this.file('answered'), '');
  }

  /** Asks it to end and waits until it is gone; after 20 s it is killed. */
  async stop(): Promise<void> {
    const { pid } = this;
    if (pid === null) return;
    this.resume();
    const tree = processTree(pid);
    send(this.recipe.stopSignal, [pid]);
    if (await this.gone(tree)) return;
    send('SIGKILL', tree);
    await this.gone(tree);
  }

  /** Ends it with its children at once and waits until it is gone. */
  async kill(signal: 'SIGKILL'): Promise<void> {
    const tree = this.signal(signal);
    if (!(await this.gone(tree))) throw this.failure(`outlived ${signal}`);
  }

  /** Freezes it with its children: connections stay, and nothing answers on them. */
  pause(): void {
    this.signal('SIGSTOP');
  }

  /** Lets it go on after `pause`. */
  resume(): void {
    this.signal('SIGCONT');
  }

  /** Deletes its data; it must not run. */
  wipe(): void {
    if (this.pid !== null) throw new Error(`${this.name} runs: stop it before its data is deleted`);
    rmSync(this.folder, { recursive: true, force: true });
  }

  async status(): Promise<NodeStatus> {
    const { engine, node, address, pid } = this;
    if (pid === null) return { engine, node, address, pid, answers: false, memory: 0 };
    return { engine, node, address, pid, answers: await this.answers(), memory: memoryOf(pid) };
  }

  private get name(): string {
    return `${this.engine} ${this.node}`;
  }

  private async launch(): Promise<void> {
    const programs = this.programs();
    await this.requirePorts();
    // What broke off before the first answer may be half made.
    if (!this.hasAnswered) rmSync(this.folder, { recursive: true, force: true });
    mkdirSync(this.folder, { recursive: true });
    this.recipe.configure();
    if (!this.hasAnswered) await this.recipe.initialise(programs);

    if (existsSync(this.file('log'))) renameSync(this.file('log'), this.file('log.previous'));
    const log = openSync(this.file('log'), 'a');
    const { file, args, user } = this.recipe.command(programs);
    const child = spawn(file, args, {
      detached: true,
      cwd: '/',
      env: ENGINE_ENV,
      stdio: ['ignore', log, log],
      ...user,
    });
    closeSync(log);
    child.once('error', () => undefined);
    if (child.pid === undefined) throw new Error(`${file} could not be started`);
    child.unref();
    writeFileSync(this.file('pid'), String(child.pid));
  }

  /** Signals the process, then its children, so that it starts none in between. Returns their pids. */
  private signal(signal: 'SIGKILL' | 'SIGSTOP' | 'SIGCONT'): number[] {
    const { pid } = this;
    const tree = pid === null ? [] : processTree(pid);
    send(signal, tree);
    return tree;
  }

  /** Whether all of the processes end within 20 s. */
  private async gone(tree: number[]): Promise<boolean> {
    const deadline = performance.now() + STOP_WITHIN_MS;
    while (!tree.every((pid) => hasEnded(pid))) {
      if (performance.now() > deadline) return false;
      await passed(LOOK_EVERY_MS);
    }
    rmSync(this.file('pid'), { force: true });
    return true;
  }

  private failure(what: string): Error {
    const log = existsSync(this.file('log')) ? readFileSync(this.file('log'), 'utf8') : '';
    const tail = log.trimEnd().split('\n').slice(-LOG_TAIL_LINES).join('\n');
    return new Error(`${this.name} ${what}. The end of ${this.file('log')}:\n${tail}`);
  }

  private file(name: string): string {
    return join(this.folder, name);
  }
}

function send(signal: NodeJS.Signals, pids: readonly number[]): void {
  for (const pid of pids) {
    try {
      process.kill(pid, signal);
    } catch (error) {
      // It ended in the meantime.
      if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
    }
  }
}
