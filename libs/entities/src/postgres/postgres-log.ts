import { Logger as NestLogger } from '@nestjs/common';
import type { Logger } from 'typeorm';

/**
 * What TypeORM has to say, in the log of the process. Statements are ours, with places for their values; the values stay
 * out. A statement that fails is its caller's to tell.
 */
export class PostgresLog implements Logger {
  private readonly logger = new NestLogger('Postgres');

  logQuery(): void {
    // Every statement: nobody wants to read that.
  }

  logQueryError(_error: string | Error, query: string): void {
    this.logger.verbose('a statement failed', { query });
  }

  logQuerySlow(time: number, query: string): void {
    this.logger.warn('a statement was slow', { duration_ms: time, query });
  }

  logSchemaBuild(message: string): void {
    this.logger.debug(message);
  }

  logMigration(message: string): void {
    this.logger.debug(message);
  }

  log(level: 'log' | 'info' | 'warn', message: unknown): void {
    this.logger[level === 'warn' ? 'warn' : 'debug'](String(message));
  }
}
