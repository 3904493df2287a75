import type { Logger } from '@nestjs/common';

/** Whether something that depends on Kafka works; one log line when it stops working and one when it works again. */
export class Availability {
  private failure: string | null = null;
  private count = 0;

  constructor(
    private readonly what: string,
    private readonly logger: Logger,
  ) {}

  /** Why it does not work, or null. */
  get reason(): string | null {
    return this.failure;
  }

  /** How often it has failed so far. */
  get failures(): number {
    return this.count;
  }

  failed(error: unknown): void {
    const reason = error instanceof Error ? error.message : String(error);
    if (this.failure === null) this.logger.warn(`${this.what} fails: ${reason}`);
    this.failure = reason;
    this.count += 1;
  }

  works(): void {
    if (this.failure !== null) this.logger.log(`${this.what} works again`);
    this.failure = null;
  }
}
