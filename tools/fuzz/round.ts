import type { Part } from './arguments.js';
import { run, type StartAttack } from './attack.js';
import { Bystanders } from './bystanders.js';
import { attackRecords } from './records/attack-records.js';
import { attackRest } from './rest/attack-rest.js';
import { attackEvents } from './sockets/attack-events.js';
import { attackFrames } from './sockets/attack-frames.js';
import type { Target } from './target.js';
import { makeWorld } from './world.js';

const ATTACKS: Readonly<Record<Part, StartAttack>> = {
  events: attackEvents,
  frames: attackFrames,
  records: attackRecords,
  rest: attackRest,
};

/** What one part of a round did, and what is wrong; nothing is where `complaints` is empty. */
export interface PartReport {
  part: Part;
  seed: number;
  thrown: number;
  complaints: string[];
}

/** One part with one seed, in a world of its own: for so long, while two others chat. */
export async function attackWith(part: Part, seed: number, milliseconds: number, target: Target): Promise<PartReport> {
  const world = await makeWorld(target.url);
  const bystanders = await Bystanders.start(world);
  const attack = await ATTACKS[part](target, world);
  const { thrown, failure } = await run(attack, seed, milliseconds);
  const complaints = [
    ...(failure === null ? [] : [failure]),
    ...(await bystanders.stop()),
    ...(await target.complaints()),
  ];
  return { part, seed, thrown, complaints };
}
