import type { Logger } from '@nestjs/common';

const EVERY_MS = 60_000;

/** Warnings that somebody else can cause at will: one a minute is written, and how many there were since the last. */
export class SparseLog {
  private unwritten = 0;
  private writtenAt = -Infinity;

  constructor(private readonly logger: Logger) {}

  warn(message: string): void {
    const now = performance.now();
    if (now - this.writtenAt < EVERY_MS) {
      this.unwritten += 1;
      return;
    }
    this.logger.warn(this.unwritten > 0 ? `${message} (and ${this.unwritten} more since the last line)` : message);
    this.unwritten = 0;
    this.writtenAt = now;
  }
}
