import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** What a folder of engines was made for; the data in it fits nothing else. */
export interface SetShape {
  /** Of Kafka and Cassandra each: 1 or 3. */
  nodes: number;
  /** Added to every port; 23474 at most, or else a port may be that of an outgoing connection. */
  portOffset: number;
}

const FILE = 'engines.json';

/**
 * The shape of the set in a folder; where it has none, of a new set (one node, no offset, unless `wished` says otherwise).
 * Throws where the folder was made for something other than what is wished.
 */
export function shapeOf(folder: string, wished: Partial<SetShape>): SetShape {
  const file = join(folder, FILE);
  if (!existsSync(file)) return { nodes: 1, portOffset: 0, ...wished };
  const present = JSON.parse(readFileSync(file, 'utf8')) as SetShape;
  for (const key of ['nodes', 'portOffset'] as const) {
    if (wished[key] !== undefined && wished[key] !== present[key]) throw new Error(otherShape(folder, present));
  }
  return present;
}

/** Notes the shape with the folder. Throws where it has another one. */
export function recordShape(folder: string, shape: SetShape): void {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, FILE), `${JSON.stringify(shapeOf(folder, shape))}\n`);
}

export function forgetShape(folder: string): void {
  rmSync(join(folder, FILE), { force: true });
}

function otherShape(folder: string, { nodes, portOffset }: SetShape): string {
  return (
    `The engines in ${folder} were made with --nodes ${nodes} --port-offset ${portOffset}. Use another --folder, or delete ` +
    `their data first: npm run engines:wipe -- --folder ${folder}`
  );
}
