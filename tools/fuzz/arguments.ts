import { randomInt } from 'node:crypto';
import { parseArgs } from 'node:util';

const PARTS = ['events', 'frames', 'records', 'rest'] as const;
const TARGETS = ['standalone', 'cluster'] as const;
/** What fast-check takes for a seed without changing it. */
const SEEDS = 2 ** 31;
const MOST_SECONDS = 24 * 3_600;

export type Part = (typeof PARTS)[number];
export type TargetName = (typeof TARGETS)[number];

export interface Arguments {
  seconds: number;
  /** Of the first round; each round after it has the next one. */
  seed: number;
  target: TargetName;
  /** What is thrown. */
  parts: readonly Part[];
}

/** Reads `[--seconds N] [--seed S] [--target standalone|cluster] [--part NAME]`. Throws an error that says what is wrong. */
export function parseArguments(args: string[]): Arguments {
  const option = { type: 'string' } as const;
  const { values } = parseArgs({ args, options: { seconds: option, seed: option, target: option, part: option } });
  const number = (name: 'seconds' | 'seed', least: number, most: number, otherwise: number): number => {
    const text = values[name];
    if (text === undefined) return otherwise;
    if (/^\d+$/.test(text) && Number(text) >= least && Number(text) <= most) return Number(text);
    throw new Error(`--${name} takes a number from ${least} to ${most}, not "${text}"`);
  };
  const one = <T extends string>(name: 'target' | 'part', offered: readonly T[]): T | undefined => {
    const text = values[name];
    const found = offered.find((each) => each === text);
    if (text !== undefined && !found) throw new Error(`--${name} takes ${offered.join(', ')}, not "${text}"`);
    return found;
  };
  const part = one('part', PARTS);
  return {
    seconds: number('seconds', 1, MOST_SECONDS, 600),
    seed: number('seed', 0, SEEDS - 1, randomInt(SEEDS)),
    target: one('target', TARGETS) ?? 'standalone',
    parts: part ? [part] : PARTS,
  };
}
