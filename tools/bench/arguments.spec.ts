import { describe, expect, it } from 'vitest';
import { parseArguments } from './arguments.js';

describe('The arguments of npm run bench', () => {
  it('are one round on the standalone server where nothing is said', () => {
    expect(parseArguments(['smoke'])).toEqual({ target: 'standalone', rounds: 1 });
  });

  it('name another target and more rounds', () => {
    expect(parseArguments(['smoke', '--target', 'cluster', '--rounds', '3'])).toEqual({ target: 'cluster', rounds: 3 });
  });

  it.each([
    [[]],
    [['fire']],
    [['smoke', 'fire']],
    [['smoke', '--target', 'moon']],
    [['smoke', '--rounds', '0']],
    [['smoke', '--rounds', 'three']],
  ])('are refused with what there is: %j', (args) => {
    expect(() => parseArguments(args)).toThrow('There is: npm run bench -- smoke');
  });
});
