import { parseArgs } from 'node:util';

export interface Arguments {
  gateways: number;
  routers: number;
  apis: number;
  /** Of the one address. */
  port: number;
}

const DEFAULTS: Arguments = { gateways: 2, routers: 2, apis: 1, port: 3000 };
/** Far more processes of a kind than one machine is good for. */
const MOST = 16;

/** Reads `[--gateways N] [--routers N] [--apis N] [--port N]`. Throws an error that says what is wrong. */
export function parseArguments(args: string[]): Arguments {
  const option = { type: 'string' } as const;
  const { values } = parseArgs({ args, options: { gateways: option, routers: option, apis: option, port: option } });
  const read = (name: keyof Arguments, least: number, most: number): number => {
    const text = values[name];
    if (text === undefined) return DEFAULTS[name];
    const value = Number(text);
    if (/^\d+$/.test(text) && value >= least && value <= most) return value;
    throw new Error(`--${name} takes a number from ${least} to ${most}, not "${text}"`);
  };
  return {
    gateways: read('gateways', 1, MOST),
    routers: read('routers', 1, MOST),
    apis: read('apis', 1, MOST),
    port: read('port', 0, 65_535),
  };
}
