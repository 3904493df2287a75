import type { DestinationStream } from 'pino';

/** ANSI colours of the levels that stand out. */
const COLOURS: Readonly<Record<string, number>> = { fatal: 31, error: 31, warn: 33, debug: 2, trace: 2 };
/** In every line, and said by its place there. */
const SAID = new Set(['level', 'time', 'app', 'pid', 'context', 'msg', 'err']);

interface Line extends Record<string, unknown> {
  level: string;
  time: string;
  context?: string;
  msg?: string;
  err?: Trace;
}

interface Trace {
  type?: string;
  code?: string;
  stack?: string;
  cause?: Trace;
}

/** Turns the JSON lines of a logger into lines for a person at a terminal: "09:41:07.120 WARN  Engines  waiting for redis". */
export function humanLines(destination: DestinationStream): DestinationStream {
  const isColoured = process.stdout.isTTY && process.stdout.hasColors();
  return { write: (json) => destination.write(humanLine(JSON.parse(json) as Line, isColoured)) };
}

function humanLine(line: Line, isColoured: boolean): string {
  const { level, time, context, msg, err } = line;
  const more = Object.entries(line)
    .filter(([name]) => !SAID.has(name))
    .map(([name, value]) => `${name}=${typeof value === 'string' ? value : JSON.stringify(value)}`);
  const head = `${time.slice(11, 23)} ${level.toUpperCase().padEnd(5)}`;
  const text = [head, context, msg, more.length > 0 ? `(${more.join(' ')})` : undefined].filter(Boolean).join('  ');
  const colour = isColoured ? COLOURS[level] : undefined;
  const lines = [colour === undefined ? text : `\u001b[${colour}m${text}\u001b[0m`, ...tracesOf(err)];
  return `${lines.join('\n')}\n`;
}

function tracesOf(err: Trace | undefined, title = ''): string[] {
  if (!err) return [];
  const { type = 'stack', code, stack = '', cause } = err;
  const frames = stack === '' ? [] : stack.split('\n').map((frame) => `      ${frame}`);
  return [`    ${title}${type}${code === undefined ? '' : ` (${code})`}`, ...frames, ...tracesOf(cause, 'caused by ')];
}
