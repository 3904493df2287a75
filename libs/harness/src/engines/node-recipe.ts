import type { Engine } from '@parley/contracts';
import type { Programs } from './engine-programs.js';
import type { Listener, Probe } from './probes.js';

/** Which node of which engine, and where it is. */
export interface NodePlace {
  engine: Engine;
  /** From 1. */
  node: number;
  /** Everything of this node: configuration, data, log, pid file. */
  folder: string;
  /** Addresses that it binds; the first is the one for clients. */
  listeners: readonly [Listener, ...Listener[]];
}

export interface Command {
  file: string;
  args: string[];
  /** Runs as this user; left out: as the one who starts it. */
  user?: SystemUser;
}

export interface SystemUser {
  uid: number;
  gid: number;
}

/** What is special about a node of one engine; `EngineNode` does with it what is common to all. */
export interface NodeRecipe extends NodePlace {
  /** Writes the configuration; before every start. */
  configure(): void;
  /** Makes an empty data folder usable, once. Throws, with the program's output, where that fails. */
  initialise(programs: Programs): Promise<void>;
  command(programs: Programs): Command;
  /** An argument of the command that no other process has: tells a live node from a stranger with its old pid. */
  mark: string;
  probe: Probe;
  /** Asks for an orderly end. */
  stopSignal: 'SIGTERM' | 'SIGINT';
  /** How long it may take from the start to the first answer. */
  startWithinMs: number;
}
