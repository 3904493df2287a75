import { describe, expect, it } from 'vitest';
import { parseArguments } from './arguments.js';

describe('the arguments of the engines tool', () => {
  it('may be a command alone: the default set', () => {
    expect(parseArguments(['up'])).toEqual({ command: 'up', set: {} });
  });

  it('may say how many nodes, in which folder, at which ports', () => {
    expect(parseArguments(['up', '--nodes', '3', '--folder', 'data/other', '--port-offset', '1000'])).toEqual({
      command: 'up',
      set: { nodes: 3, folder: 'data/other', portOffset: 1000 },
    });
  });

  it.each([
    [[], 'Which command? There is: engines:install, engines:up'],
    [['start'], 'Which command?'],
    [['up', 'down'], 'Which command?'],
    [['up', '--nodes', '2'], '--nodes takes 1 or 3, not "2"'],
    [['up', '--port-offset', '-5'], '--port-offset'],
    [['up', '--port-offset', '1e3'], '--port-offset takes a number from 0 to 23474, not "1e3"'],
    [['up', '--port-offset', '23475'], '--port-offset takes a number from 0 to 23474'],
    [['up', '--colour'], '--colour'],
    [['install', '--nodes', '3'], 'engines:install takes no options'],
  ])('%j is refused with a reason', (args, reason) => {
    expect(() => parseArguments(args)).toThrow(reason);
  });
});
