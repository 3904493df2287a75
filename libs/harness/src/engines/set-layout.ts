import type { Engine } from '@parley/contracts';
import { createHash } from 'node:crypto';
import { existsSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { NodePlace } from './node-recipe.js';
import type { Listener } from './probes.js';
import type { SetShape } from './set-shape.js';

/** For data that must not be where the set's folder is; root alone needs it. */
const REACHABLE_FOLDER = '/var/lib/parley-engines';

/** Where every node of a set is, in the order in which they are told of. */
export function layoutOf(folder: string, { nodes, portOffset }: SetShape): NodePlace[] {
  const numbers = Array.from({ length: nodes }, (_, index) => index + 1);
  const place = (engine: Engine, node: number): NodePlace => ({
    engine,
    node,
    folder: join(engine === 'postgres' ? reachableByOthers(folder) : folder, `${engine}-${node}`),
    listeners: listenersOf(engine, node, portOffset),
  });
  return [
    ...numbers.map((node) => place('kafka', node)),
    ...numbers.map((node) => place('cassandra', node)),
    place('redis', 1),
    place('postgres', 1),
  ];
}

/**
 * Everything is on loopback addresses. Brokers differ by their ports; Cassandra's nodes know each other by address and
 * share one port, so each has an address of its own.
 */
function listenersOf(engine: Engine, node: number, offset: number): [Listener, ...Listener[]] {
  const at = (host: string, port: number): Listener => ({ host, port: port + offset });
  const local = '127.0.0.1';
  const listeners: Record<Engine, [Listener, ...Listener[]]> = {
    kafka: [at(local, 9092 + 100 * (node - 1)), at(local, 9093 + 100 * (node - 1))],
    cassandra: [at(`127.0.0.${node}`, 9042), at(`127.0.0.${node}`, 7000)],
    redis: [at(local, 6379)],
    postgres: [at(local, 5432)],
  };
  return listeners[engine];
}

/**
 * PostgreSQL's data where its own system user gets at it: root's engines in a private folder (a home of mode 700, say)
 * would be out of its reach.
 */
function reachableByOthers(folder: string): string {
  if (process.getuid?.() !== 0 || isOpen(folder)) return folder;
  return join(REACHABLE_FOLDER, createHash('sha256').update(folder).digest('hex').slice(0, 12));
}

/** Whether anybody may pass through the folder and all above it; what does not exist yet will be made so. */
function isOpen(folder: string): boolean {
  const open = !existsSync(folder) || (statSync(folder).mode & 0o001) !== 0;
  const parent = dirname(folder);
  return open && (parent === folder || isOpen(parent));
}
