import { randomInt } from 'node:crypto';
import { expect, it } from 'vitest';
import { parseArguments } from './arguments.js';
import { fuzz } from './fuzz.js';

/** Each run throws something else; what `npm run fuzz` does for longer. */
const SECONDS = 20;

it('survives whatever is thrown at it, and answers as its documents say, while two people chat', async () => {
  const args = parseArguments(['--seconds', String(SECONDS), '--seed', String(randomInt(2 ** 31))]);
  expect(await fuzz(args, (line) => console.log(line))).toEqual([]);
});
