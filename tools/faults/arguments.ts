import { randomInt } from 'node:crypto';
import { parseArgs } from 'node:util';

export interface Arguments {
  minutes: number;
  /** Says what happens when, as far as chance decides it. */
  seed: number;
  nodes: 1 | 3;
  sendsPerSecond: number;
}

/** What a seed may be. */
const SEEDS = 2 ** 31;
const MOST_MINUTES = 24 * 60;
const MOST_SENDS = 5_000;

/** Reads `[--minutes N] [--seed S] [--nodes 1|3] [--rate SENDS]`. Throws an error that says what is wrong. */
export function parseArguments(args: string[]): Arguments {
  const option = { type: 'string' } as const;
  const { values } = parseArgs({ args, options: { minutes: option, seed: option, nodes: option, rate: option } });
  const read = (name: keyof typeof values, least: number, most: number, otherwise: number): number => {
    const text = values[name];
    if (text === undefined) return otherwise;
    if (/^\d+$/.test(text) && Number(text) >= least && Number(text) <= most) return Number(text);
    throw new Error(`--${name} takes a number from ${least} to ${most}, not "${text}"`);
  };
  const nodes = read('nodes', 1, 3, 1);
  if (nodes === 2) throw new Error('--nodes takes 1 or 3: of two none can be missed');
  return {
    minutes: read('minutes', 1, MOST_MINUTES, 10),
    seed: read('seed', 0, SEEDS - 1, randomInt(SEEDS)),
    nodes: nodes as 1 | 3,
    sendsPerSecond: read('rate', 1, MOST_SENDS, 150),
  };
}
