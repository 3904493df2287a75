import type { LoggerService } from '@nestjs/common';
import { pino, stdTimeFunctions, type DestinationStream, type Level, type Logger as Pino } from 'pino';
import { errorTraceOf, framesOf, type ErrorTrace } from './error-trace.js';
import { humanLines } from './human-lines.js';
import { logIds } from './log-ids.js';
import { activeTrace } from '../tracing/spans.js';

/** Nest tells of every module and route at its level `log`, some hundred lines a start. */
const CONSTRUCTION = new Set<unknown>([
  'NestFactory',
  'NestApplication',
  'NestMicroservice',
  'InstanceLoader',
  'RoutesResolver',
  'RouterExplorer',
  'WebSocketsController',
]);

/** Nobody logs these on purpose: where one gets among the fields of a line, its value stays out. */
const SECRET_FIELDS = [
  'authorization',
  'password',
  'token',
  'access_token',
  'refresh_token',
  'secret',
  'cookie',
  'content',
  'text',
].flatMap((name) => [name, `*.${name}`, `*.*.${name}`]);

export interface LoggerOptions {
  /** The name of the app, in every line. */
  app: string;
  /** The least severe level that is shown. */
  level: Level;
  /** One JSON object a line for machines, or short lines for people. */
  format: 'json' | 'human';
  /** Where lines go; left out: standard output. */
  destination?: DestinationStream;
}

/**
 * The one logger of a process, Nest's own included: `level`, `time` (RFC 3339), `app`, `pid`, the ids of `withLogIds`,
 * `context` (who logs), `msg`. Beside the message it takes an Error, which becomes `err` (see `errorTraceOf`), and an
 * object, whose fields stand in the line: `logger.warn('it is slow', { duration_ms })`. What is written is written when the
 * call returns, so that the last line of a process that ends is not lost.
 *
 * Nest's levels `log` and `verbose` are `info` and `trace` here, as everywhere else. How Nest puts the app together is shown
 * from `debug` on.
 */
export class StructuredLogger implements LoggerService {
  readonly format: LoggerOptions['format'];
  private readonly pino: Pino;

  constructor({ app, level, format, destination }: LoggerOptions) {
    this.format = format;
    const lines = destination ?? pino.destination({ fd: process.stdout.fd, sync: true });
    const options = {
      level,
      base: { app, pid: process.pid },
      timestamp: stdTimeFunctions.isoTime,
      formatters: { level: (label: string) => ({ level: label }) },
      mixin: () => ({ ...logIds(), trace_id: activeTrace()?.traceId }),
      redact: SECRET_FIELDS,
    };
    this.pino = pino(options, format === 'human' ? humanLines(lines) : lines);
  }

  log(message: unknown, ...more: unknown[]): void {
    this.write(CONSTRUCTION.has(more.at(-1)) ? 'debug' : 'info', message, more);
  }

  fatal(message: unknown, ...more: unknown[]): void {
    this.write('fatal', message, more);
  }

  error(message: unknown, ...more: unknown[]): void {
    this.write('error', message, more);
  }

  warn(message: unknown, ...more: unknown[]): void {
    this.write('warn', message, more);
  }

  debug(message: unknown, ...more: unknown[]): void {
    this.write('debug', message, more);
  }

  verbose(message: unknown, ...more: unknown[]): void {
    this.write('trace', message, more);
  }

  /** Nest puts the context last, and, where it logs an exception itself, the stack before it. */
  private write(level: Level, message: unknown, more: unknown[]): void {
    if (!this.pino.isLevelEnabled(level)) return;
    const context = typeof more.at(-1) === 'string' ? more.at(-1) : undefined;
    const besides = [message, ...(context === undefined ? more : more.slice(0, -1))];
    const err = besides.map(traceOf).find((trace) => trace !== null);
    const fields = besides.filter((each): each is object => isFields(each));
    const msg = message instanceof Error ? message.name : isFields(message) ? undefined : String(message);
    this.pino[level](Object.assign({}, ...fields, { context, ...(err && { err }) }), msg);
  }
}

function traceOf(logged: unknown, index: number): ErrorTrace | { stack: string } | null {
  if (logged instanceof Error) return errorTraceOf(logged);
  return index > 0 && typeof logged === 'string' ? { stack: framesOf(logged) } : null;
}

function isFields(logged: unknown): boolean {
  return typeof logged === 'object' && logged !== null && !(logged instanceof Error);
}
