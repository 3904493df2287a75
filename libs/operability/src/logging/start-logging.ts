import { Logger } from '@nestjs/common';
import { StructuredLogger, type LoggerOptions } from './structured-logger.js';

export interface LoggingSettings {
  readonly LOG_LEVEL: LoggerOptions['level'];
  /** `auto`: for people where standard output is a terminal. */
  readonly LOG_FORMAT: LoggerOptions['format'] | 'auto';
}

/** Makes every `Logger` of this process, Nest's own included, write the app's lines. */
export function startLogging(app: string, { LOG_LEVEL, LOG_FORMAT }: LoggingSettings): StructuredLogger {
  const format = LOG_FORMAT === 'auto' ? (process.stdout.isTTY ? 'human' : 'json') : LOG_FORMAT;
  const logger = new StructuredLogger({ app, level: LOG_LEVEL, format });
  Logger.overrideLogger(logger);
  return logger;
}

/** Tells that the process is ready and where it is reached: to a person as a picture, to a machine as a line for each. */
export function announceReady(logger: StructuredLogger, name: string, places: Readonly<Record<string, string>>): void {
  const ready = `${name} is ready in ${(performance.now() / 1_000).toFixed(1)} s`;
  if (logger.format === 'human') {
    const lines = Object.entries(places).map(([what, where]) => `  ${what.padEnd(11)}${where}`);
    process.stdout.write(`${[ready, ...lines].join('\n')}\n`);
    return;
  }
  for (const [what, where] of Object.entries(places)) logger.log(`${what} at ${where}`, 'Start');
  logger.log(ready, 'Start');
}
