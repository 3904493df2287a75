import { describe, expect, it } from 'vitest';
import { parseArguments } from './arguments.js';

describe('The arguments of npm run faults', () => {
  it('are ten minutes on one node of each engine, with a seed of its own, where nothing is said', () => {
    const { seed, ...rest } = parseArguments([]);
    expect(rest).toEqual({ minutes: 10, nodes: 1, sendsPerSecond: 150 });
    expect(Number.isInteger(seed)).toBe(true);
  });

  it('name a run to be had again', () => {
    expect(parseArguments(['--minutes', '3', '--seed', '17', '--nodes', '3', '--rate', '80'])).toEqual({
      minutes: 3,
      seed: 17,
      nodes: 3,
      sendsPerSecond: 80,
    });
  });

  it.each([
    [['--minutes', '0'], '--minutes takes a number from 1'],
    [['--seed', 'x'], '--seed takes a number from 0'],
    [['--nodes', '2'], '--nodes takes 1 or 3'],
    [['--forever'], '--forever'],
  ])('are refused: %j', (args, reason) => {
    expect(() => parseArguments(args)).toThrow(reason);
  });
});
