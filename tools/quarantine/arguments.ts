import { parseArgs } from 'node:util';
import { parsePlace, type Place } from './place.js';

export type Arguments = { command: 'list'; limit: number } | { command: 'show' | 'replay'; place: Place };

export const USAGE = `npm run quarantine -- list [--limit N]   the oldest records, 50 where nothing is said
npm run quarantine -- show PLACE         one record: its key, its bytes, what is wrong with it
npm run quarantine -- replay PLACE       gives the record to the log again, if it can be read now

PLACE is partition/epoch/offset, as the list shows it: 7/0/1234`;

const MOST_LISTED = 10_000;

/** Throws an error that says what is wrong. */
export function parseArguments(args: string[]): Arguments {
  const { values, positionals } = parseArgs({ args, allowPositionals: true, options: { limit: { type: 'string' } } });
  const [command, ...rest] = positionals;
  if (command === 'list') {
    if (rest.length > 0) throw new Error(`list takes no place, not "${rest.join(' ')}"`);
    return { command, limit: limitOf(values.limit ?? '50') };
  }
  if (command !== 'show' && command !== 'replay') {
    throw new Error(command === undefined ? 'Which command?' : `There is no command "${command}"`);
  }
  if (values.limit !== undefined) throw new Error(`${command} takes no --limit`);
  if (rest.length !== 1) throw new Error(`${command} takes one place`);
  return { command, place: parsePlace(rest[0]) };
}

function limitOf(text: string): number {
  const limit = Number(text);
  if (/^\d+$/.test(text) && limit >= 1 && limit <= MOST_LISTED) return limit;
  throw new Error(`--limit takes a number from 1 to ${MOST_LISTED}, not "${text}"`);
}
