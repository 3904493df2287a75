import { ConsoleLogger, type LogLevel } from '@nestjs/common';

/** Nest tells of every module and route at the level `log`, some hundred lines a start. */
const CONSTRUCTION = new Set<unknown>([
  'NestFactory',
  'NestApplication',
  'NestMicroservice',
  'InstanceLoader',
  'RoutesResolver',
  'RouterExplorer',
  'WebSocketsController',
]);

/**
 * One JSON object a line on standard output (errors on standard error): `level`, `pid`, `timestamp` in milliseconds,
 * `message`, `context`. Shows `level` and what is more severe. How Nest puts the app together is shown from `debug` on.
 */
export class StructuredLogger extends ConsoleLogger {
  constructor(level: LogLevel) {
    super({ json: true, colors: false, logLevels: [level] });
  }

  override log(message: unknown, ...rest: unknown[]): void {
    if (CONSTRUCTION.has(rest.at(-1)) && !this.isLevelEnabled('debug')) return;
    super.log(message, ...rest);
  }
}
