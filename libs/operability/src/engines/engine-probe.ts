import { Logger } from '@nestjs/common';
import type { ReadinessCheck } from '../readiness.js';

const EVERY_MS = 2_000;
const DEADLINE_MS = 2_000;

/**
 * Asks an engine every 2 s whether it answers, for one whose driver does not tell by itself; says so in the log when it
 * goes and when it is back. A question that hangs counts as no answer after 2 s, and no second one is asked meanwhile.
 */
export class EngineProbe {
  private readonly logger = new Logger('Engines');
  private readonly timer: NodeJS.Timeout;
  private isAsking = false;
  private reason: string | null = null;

  /** `ask`: resolves when the engine answers. */
  constructor(
    private readonly engine: string,
    private readonly ask: () => Promise<unknown>,
  ) {
    this.timer = setInterval(() => void this.probe(), EVERY_MS).unref();
  }

  /** How it was at the last question. */
  readonly check: ReadinessCheck = () => this.reason;

  stop(): void {
    clearInterval(this.timer);
  }

  private async probe(): Promise<void> {
    if (this.isAsking) return;
    this.isAsking = true;
    const late = setTimeout(() => this.conclude(`no answer within ${DEADLINE_MS} ms`), DEADLINE_MS);
    try {
      await this.ask();
      this.conclude(null);
    } catch (error) {
      this.conclude(error instanceof Error ? error.message : String(error));
    } finally {
      clearTimeout(late);
      this.isAsking = false;
    }
  }

  private conclude(reason: string | null): void {
    if (reason !== null && this.reason === null) this.logger.error(`${this.engine} does not answer: ${reason}`);
    if (reason === null && this.reason !== null) this.logger.log(`${this.engine} answers again`);
    this.reason = reason;
  }
}
