const DEFAULT_TIMEOUT_MS = 10_000;

export interface UntilOptions {
  /** Default 10 s. */
  timeoutMs?: number;
  /** What is waited for, for the error's text. */
  what?: string;
}

/** Lets tests wait for a condition without sleeping: it is looked at again whenever its owner says that it changed. */
export class Changes {
  private readonly waiting = new Set<() => void>();

  /** Something that a condition may look at is different now. */
  announce(): void {
    for (const look of this.waiting) look();
  }

  /** Resolves when `condition` holds; rejects with what was waited for when the time is over, or with what it throws. */
  until(condition: () => boolean, { timeoutMs = DEFAULT_TIMEOUT_MS, what }: UntilOptions = {}): Promise<void> {
    // The stack of the caller, not of the timer that gives up.
    const late = new Error(`Not within ${timeoutMs} ms: ${what ?? condition.toString()}`);
    return new Promise((resolve, reject) => {
      const settle = (end: () => void): void => {
        clearTimeout(timer);
        this.waiting.delete(look);
        end();
      };
      const look = (): void => {
        try {
          if (condition()) settle(resolve);
        } catch (error) {
          settle(() => reject(error instanceof Error ? error : new Error(String(error))));
        }
      };
      const timer = setTimeout(() => settle(() => reject(late)), timeoutMs);
      this.waiting.add(look);
      look();
    });
  }
}

/** Milliseconds of the system's monotonic clock: comparable between processes of one machine. */
export function monotonicMs(): number {
  return Number(process.hrtime.bigint()) / 1e6;
}
