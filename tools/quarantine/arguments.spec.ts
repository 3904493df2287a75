import { describe, expect, it } from 'vitest';
import { parseArguments } from './arguments.js';

describe('The arguments of npm run quarantine', () => {
  it('list the oldest fifty, or as many as were asked for', () => {
    expect(parseArguments(['list'])).toEqual({ command: 'list', limit: 50 });
    expect(parseArguments(['list', '--limit', '3'])).toEqual({ command: 'list', limit: 3 });
  });

  it.each(['show', 'replay'] as const)('name the record to %s by its place', (command) => {
    const place = { partition: 7, position: { epoch: 0, offset: 1234 } };
    expect(parseArguments([command, '7/0/1234'])).toEqual({ command, place });
  });

  it.each([
    [[], 'Which command?'],
    [['drop'], 'no command "drop"'],
    [['show'], 'show takes one place'],
    [['replay', '1/0/1', '1/0/2'], 'replay takes one place'],
    [['replay', '7/1234'], '"7/1234" is no place'],
    [['list', '7/0/1'], 'list takes no place'],
    [['list', '--limit', 'all'], '--limit takes a number'],
    [['show', '7/0/1', '--limit', '3'], 'show takes no --limit'],
    [['list', '--all'], '--all'],
  ])('are refused with a reason: %j', (args, reason) => {
    expect(() => parseArguments(args)).toThrow(reason);
  });
});
