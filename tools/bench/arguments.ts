import { parseArgs } from 'node:util';

export const TARGETS = ['standalone', 'cluster'] as const;
export type TargetName = (typeof TARGETS)[number];

export interface Arguments {
  target: TargetName;
  /** How often everything is measured, in turn; from two on the medians are shown, too. */
  rounds: number;
}

const MOST_ROUNDS = 9;
const USAGE = `npm run bench -- smoke [--target ${TARGETS.join('|')}] [--rounds 1..${MOST_ROUNDS}]`;

/** Reads `smoke [--target NAME] [--rounds N]`. Throws an error that says what there is. */
export function parseArguments(args: string[]): Arguments {
  const option = { type: 'string' } as const;
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: { target: option, rounds: option },
  });
  const { target: name = 'standalone', rounds: text = '1' } = values;
  const target = TARGETS.find((each) => each === name);
  const rounds = Number(text);
  const isKnown = positionals.length === 1 && positionals[0] === 'smoke' && target !== undefined;
  if (!isKnown || !/^\d$/.test(text) || rounds < 1) throw new Error(`Which bench? There is: ${USAGE}`);
  return { target, rounds };
}
