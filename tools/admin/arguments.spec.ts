import { describe, expect, it } from 'vitest';
import { parseArguments } from './arguments.js';

describe('The arguments of npm run admin', () => {
  it('name a command and the handle that it is about, in lower case', () => {
    expect(parseArguments(['list'])).toEqual({ command: 'list', fleet: false });
    expect(parseArguments(['appoint', 'Root'])).toEqual({ command: 'appoint', handle: 'root', fleet: false });
    expect(parseArguments(['--fleet', 'dismiss', 'root'])).toEqual({ command: 'dismiss', handle: 'root', fleet: true });
    expect(parseArguments(['create', 'root', '--password-stdin'])).toEqual({
      command: 'create',
      handle: 'root',
      fleet: false,
      passwordFromStdin: true,
    });
  });

  it.each([
    [[], 'Which command?'],
    [['disable', 'root'], 'no command "disable"'],
    [['create'], 'create takes one handle'],
    [['create', 'root', 'my-password'], 'create takes one handle and nothing else'],
    [['list', 'root'], 'list takes no handle'],
    [['appoint', 'root', '--password-stdin'], '--password-stdin goes with create'],
    [['create', 'root', '--password', 'x'], '--password'],
  ])('are refused with a reason: %j', (args, reason) => {
    expect(() => parseArguments(args)).toThrow(reason);
  });
});
