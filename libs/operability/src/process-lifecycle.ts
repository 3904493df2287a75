import { Logger } from '@nestjs/common';

/** Below the ten seconds after which service managers kill. */
const STOP_WITHIN_MS = 9_000;

type Close = () => unknown;

/**
 * The start and the one stop of a process. What was opened is closed in the reverse order of its opening; whatever is
 * opened after the stop has begun is closed at once. A kill loses nothing that was accepted, so a stop that takes too
 * long ends in one.
 */
export class ProcessLifecycle {
  private readonly logger = new Logger(ProcessLifecycle.name);
  private readonly ending = new AbortController();
  private readonly opened: Close[] = [];

  /** Aborted when the stop begins: what waits for an engine gives up. */
  get stopping(): AbortSignal {
    return this.ending.signal;
  }

  /**
   * Runs `start`, and stops on SIGTERM, SIGINT, SIGHUP, and when the parent that holds the other end of an IPC channel
   * goes. From the first moment on: what is open when the signal comes is closed. A start that fails ends the process
   * with 1, and so does, on the spot, what nobody caught.
   */
  async run(start: () => Promise<void>): Promise<void> {
    for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, () => void this.stop(0));
    process.on('uncaughtException', (error, origin) => this.die(error, origin));
    if (process.channel) process.once('disconnect', () => void this.stop(0));
    try {
      await start();
    } catch (error) {
      if (!this.stopping.aborted) this.logger.fatal(error instanceof Error ? error.message : String(error));
      await this.stop(1);
    }
  }

  /** What to do at the stop for something that is open now. */
  async onStop(close: Close): Promise<void> {
    this.opened.push(close);
    if (this.stopping.aborted) await this.closeAll();
  }

  async stop(exitCode: number): Promise<void> {
    if (this.stopping.aborted) return;
    this.ending.abort();
    setTimeout(() => {
      this.logger.error('the stop took too long');
      process.exit(1);
    }, STOP_WITHIN_MS).unref();
    process.exit((await this.closeAll()) ? exitCode : 1);
  }

  /** Node would print the message, and with it whatever the message quotes. */
  private die(error: unknown, origin: NodeJS.UncaughtExceptionOrigin): void {
    const what = origin === 'unhandledRejection' ? 'unhandled rejection' : 'uncaught exception';
    this.logger.fatal(what, error instanceof Error ? error : new TypeError());
    process.exit(1);
  }

  /** Answers whether all of it was clean. One that fails keeps nobody else from being closed. */
  private async closeAll(): Promise<boolean> {
    let isClean = true;
    for (let close = this.opened.pop(); close; close = this.opened.pop()) {
      try {
        await close();
      } catch (error) {
        isClean = false;
        this.logger.error(`the stop was not clean: ${String(error)}`);
      }
    }
    return isClean;
  }
}
