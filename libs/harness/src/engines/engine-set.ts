import type { Engine } from '@parley/contracts';
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { cassandraRecipe } from './cassandra.js';
import { EngineNode, type NodeStatus } from './engine-node.js';
import { requirePrograms, type Programs } from './engine-programs.js';
import { withLock } from './folder-lock.js';
import { kafkaRecipe } from './kafka.js';
import type { NodePlace, NodeRecipe } from './node-recipe.js';
import { postgresRecipe } from './postgres.js';
import { redisRecipe } from './redis.js';
import { layoutOf } from './set-layout.js';
import { forgetShape, recordShape, shapeOf, type SetShape } from './set-shape.js';

/** Relative to the working directory, which is the project's root. */
const DEFAULT_FOLDER = 'data/engines';
const LIB = 'data/engines/lib';

export interface EngineSetOptions extends Partial<SetShape> {
  /** For data, logs and pid files; default `data/engines`. */
  folder?: string;
}

/** Told what happens, one line at a time. */
export type Progress = (line: string) => void;

/**
 * Kafka, Cassandra, Redis and PostgreSQL as native processes of this machine, all in one folder: one node each, or three
 * of Kafka and of Cassandra. The engines outlive this object: another one on the same folder finds them. Linux only.
 */
export class EngineSet {
  readonly folder: string;
  readonly nodes: readonly EngineNode[];
  private readonly shape: SetShape;

  /** Starts nothing. Throws where the folder was made for another number of nodes or other ports. */
  constructor(options: EngineSetOptions = {}) {
    const { folder = DEFAULT_FOLDER, ...wished } = options;
    this.folder = resolve(folder);
    this.shape = shapeOf(this.folder, wished);
    const programs = (): Programs => requirePrograms(EngineSet.lib);
    const places = layoutOf(this.folder, this.shape);
    this.nodes = places.map((place) => new EngineNode(recipeOf(place, places), programs));
  }

  /** Where the jars of Kafka and Cassandra are, for all sets. */
  static get lib(): string {
    return resolve(LIB);
  }

  /** One of the nodes; they count from 1. */
  node(engine: Engine, node = 1): EngineNode {
    const found = this.of(engine)[node - 1];
    if (!found) throw new Error(`There is no ${engine} ${node} in ${this.folder}`);
    return found;
  }

  /**
   * Starts what does not run, and resolves when every node answers. Throws where something is not installed or a port is
   * taken, before anything is started, and where a node does not come up, after all others have been waited for. Another
   * `up` of the same folder is waited for first.
   */
  up(progress: Progress = () => undefined): Promise<void> {
    const onWait = (pid: number): void => progress(`process ${pid} is starting these engines; waiting for it`);
    return withLock(this.folder, onWait, async () => {
      requirePrograms(EngineSet.lib);
      await allOf(this.nodes.map((node) => node.requirePorts()));
      recordShape(this.folder, this.shape);
      const single = this.nodes.filter(({ engine }) => engine !== 'cassandra');
      await allOf([...single.map((node) => start(node, progress)), this.startRing(progress)]);
    });
  }

  /** Stops every node; each gets 20 s for an orderly end. */
  async down(progress: Progress = () => undefined): Promise<void> {
    const stop = async (node: EngineNode): Promise<void> => {
      if (node.pid === null) return;
      const begun = performance.now();
      await node.stop();
      progress(`${node.engine} ${node.node} is down after ${secondsSince(begun)}`);
    };
    if (this.nodes.every((node) => node.pid === null)) progress(`no engine runs in ${this.folder}`);
    await Promise.all(this.nodes.map((node) => stop(node)));
  }

  /** Stops every node and deletes all data. Resolves to the folders that are gone. */
  async wipe(progress: Progress = () => undefined): Promise<string[]> {
    await this.down(progress);
    const folders = this.nodes.map((node) => node.folder).filter((folder) => existsSync(folder));
    for (const node of this.nodes) node.wipe();
    forgetShape(this.folder);
    return folders;
  }

  status(): Promise<NodeStatus[]> {
    return Promise.all(this.nodes.map((node) => node.status()));
  }

  /** The variables by which the apps find these engines. */
  environment(): Record<'KAFKA_BROKERS' | 'CASSANDRA_CONTACT_POINTS' | 'REDIS_URL' | 'POSTGRES_URL', string> {
    const addresses = (engine: Engine): string =>
      this.of(engine)
        .map((node) => node.address)
        .join(',');
    return {
      KAFKA_BROKERS: addresses('kafka'),
      CASSANDRA_CONTACT_POINTS: addresses('cassandra'),
      REDIS_URL: `redis://${addresses('redis')}`,
      POSTGRES_URL: `postgres://parley:parley@${addresses('postgres')}/parley`,
    };
  }

  private of(engine: Engine): EngineNode[] {
    return this.nodes.filter((node) => node.engine === engine);
  }

  /** Nodes join a ring one after another; those that have joined before start together, the first of all included. */
  private async startRing(progress: Progress): Promise<void> {
    const ring = this.of('cassandra');
    const joined = ring.filter((node) => node.hasAnswered);
    await Promise.all(joined.map((node) => start(node, progress)));
    for (const node of ring.filter((each) => !joined.includes(each))) await start(node, progress);
  }
}

function recipeOf(place: NodePlace, places: readonly NodePlace[]): NodeRecipe {
  const cluster = places.filter(({ engine }) => engine === place.engine);
  const recipes: Record<Engine, () => NodeRecipe> = {
    kafka: () => kafkaRecipe(place, cluster),
    cassandra: () => cassandraRecipe(place, cluster),
    redis: () => redisRecipe(place),
    postgres: () => postgresRecipe(place),
  };
  return recipes[place.engine]();
}

/** Waits for all. Throws one error with the messages of all that failed. */
async function allOf(work: Promise<void>[]): Promise<void> {
  const failed = (await Promise.allSettled(work)).filter((result) => result.status === 'rejected');
  const messages = failed.map(({ reason }) => (reason instanceof Error ? reason.message : String(reason)));
  if (messages.length > 0) throw new Error(messages.join('\n'));
}

async function start(node: EngineNode, progress: Progress): Promise<void> {
  const begun = performance.now();
  const name = `${node.engine} ${node.node}`;
  if (node.pid !== null && (await node.answers())) {
    progress(`${name} is up already at ${node.address}`);
    return;
  }
  progress(`${name} starts`);
  await node.start();
  progress(`${name} answers at ${node.address} after ${secondsSince(begun)}`);
}

const secondsSince = (begun: number): string => `${((performance.now() - begun) / 1000).toFixed(1)} s`;
