import type { EngineSetOptions } from '@parley/harness';
import { parseArgs } from 'node:util';

export const COMMANDS = ['install', 'up', 'status', 'down', 'wipe'] as const;
export type CommandName = (typeof COMMANDS)[number];

export interface Arguments {
  command: CommandName;
  set: EngineSetOptions;
}

const NODES = [1, 3];
/** From 32768 on, Linux gives ports to outgoing connections, so that any of them may be taken; a set goes up to 9293. */
const MAX_OFFSET = 32_767 - 9_293;

/** Reads `COMMAND [--folder DIR] [--nodes N] [--port-offset N]`. Throws an error that says what is wrong. */
export function parseArguments(args: string[]): Arguments {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: { folder: { type: 'string' }, nodes: { type: 'string' }, 'port-offset': { type: 'string' } },
  });
  const [name, ...rest] = positionals;
  const command = COMMANDS.find((each) => each === name);
  if (command === undefined || rest.length > 0) {
    throw new Error(`Which command? There is: ${COMMANDS.map((each) => `engines:${each}`).join(', ')}`);
  }
  const set: EngineSetOptions = {};
  if (values.folder !== undefined) set.folder = values.folder;
  if (values.nodes !== undefined) set.nodes = oneOf('--nodes', NODES, values.nodes);
  if (values['port-offset'] !== undefined) set.portOffset = upTo('--port-offset', MAX_OFFSET, values['port-offset']);
  if (command === 'install' && Object.keys(set).length > 0) throw new Error('engines:install takes no options');
  return { command, set };
}

function oneOf(option: string, allowed: number[], text: string): number {
  const value = allowed.find((each) => String(each) === text);
  if (value === undefined) throw new Error(`${option} takes ${allowed.join(' or ')}, not "${text}"`);
  return value;
}

function upTo(option: string, max: number, text: string): number {
  const value = Number(text);
  if (!/^\d+$/.test(text) || value > max) throw new Error(`${option} takes a number from 0 to ${max}, not "${text}"`);
  return value;
}
