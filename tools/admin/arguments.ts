import { parseArgs } from 'node:util';

export type Arguments =
  | { command: 'list'; fleet: boolean }
  | { command: 'create'; handle: string; fleet: boolean; passwordFromStdin: boolean }
  | { command: 'appoint' | 'dismiss'; handle: string; fleet: boolean };

export const USAGE = `npm run admin -- create HANDLE [--password-stdin]   a new account that is an operator
npm run admin -- appoint HANDLE                     makes an operator of an account that is there
npm run admin -- dismiss HANDLE                     takes that back; the last operator stays
npm run admin -- list                               the operators

It works on the database in DATA_DIR, whether its server runs or not; with --fleet on POSTGRES_URL.
The password of a new account is made up and printed once, or is the first line of standard input.`;

/** Throws an error that says what is wrong. */
export function parseArguments(args: string[]): Arguments {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: { fleet: { type: 'boolean', default: false }, 'password-stdin': { type: 'boolean', default: false } },
  });
  const { fleet, 'password-stdin': passwordFromStdin } = values;
  const [command, handle, ...rest] = positionals;
  if (passwordFromStdin && command !== 'create') throw new Error('--password-stdin goes with create only');
  if (command === 'list') {
    if (handle !== undefined) throw new Error('list takes no handle');
    return { command, fleet };
  }
  if (command !== 'create' && command !== 'appoint' && command !== 'dismiss') {
    throw new Error(command === undefined ? 'Which command?' : `There is no command "${command}"`);
  }
  // Others on the machine see the arguments of a process: there is no room for a password in them.
  if (handle === undefined || rest.length > 0) throw new Error(`${command} takes one handle and nothing else`);
  if (command === 'create') return { command, handle: handle.toLowerCase(), fleet, passwordFromStdin };
  return { command, handle: handle.toLowerCase(), fleet };
}
