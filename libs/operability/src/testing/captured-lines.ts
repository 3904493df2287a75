import { Logger } from '@nestjs/common';
import { StructuredLogger, type LoggerOptions } from '../logging/structured-logger.js';

export type CapturedLine = Record<string, unknown> & { level: string; msg: string };

/** What this process would log: every `Logger`'s lines come here instead, until `release`. */
export class CapturedLines {
  readonly lines: CapturedLine[] = [];
  readonly logger: StructuredLogger;

  constructor(level: LoggerOptions['level'] = 'trace') {
    const destination = { write: (json: string) => void this.lines.push(JSON.parse(json) as CapturedLine) };
    this.logger = new StructuredLogger({ app: 'test', level, format: 'json', destination });
    Logger.overrideLogger(this.logger);
  }

  /** Nest's own logger is back. */
  release(): void {
    Logger.overrideLogger(new Logger());
  }
}
