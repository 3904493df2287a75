import { describe, expect, it } from 'vitest';
import { parseArguments } from './arguments.js';

describe('The arguments of npm run fuzz', () => {
  it('are ten minutes of everything against a standalone server, with a seed of its own, where nothing is said', () => {
    const { seed, ...rest } = parseArguments([]);
    expect(rest).toEqual({ seconds: 600, target: 'standalone', parts: ['events', 'frames', 'records', 'rest'] });
    expect(Number.isInteger(seed)).toBe(true);
  });

  it('name a run to be had again', () => {
    const args = ['--seconds', '30', '--seed', '17', '--target', 'cluster', '--part', 'rest'];
    expect(parseArguments(args)).toEqual({ seconds: 30, seed: 17, target: 'cluster', parts: ['rest'] });
  });

  it.each([
    [['--seconds', '0'], '--seconds takes a number from 1'],
    [['--seed', '-1'], '--seed'],
    [['--target', 'moon'], '--target takes standalone, cluster'],
    [['--part', 'x'], '--part takes events, frames, records, rest'],
    [['--forever'], '--forever'],
  ])('are refused: %j', (args, reason) => {
    expect(() => parseArguments(args)).toThrow(reason);
  });
});
