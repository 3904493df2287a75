import { Logger } from '@nestjs/common';

export interface PaceLimits {
  /** Milliseconds between two runs for a key. */
  everyMs: number;
  /** Keys at a time; further ones are not taken. */
  most: number;
}

/**
 * Runs something for a key as soon as it is asked for, and then at most once in a period, however often it is asked for:
 * what was asked for while it ran or rested is gathered for one more run, so that the last state is never left out. A key
 * is kept no longer than a period after its last run.
 */
export class Pace<Item> {
  private readonly logger = new Logger(Pace.name);
  private readonly asked = new Map<string, Set<Item>>();

  /** `run` gets what was asked for since the last one. One that rejects is not made up for. */
  constructor(
    private readonly run: (key: string, items: ReadonlySet<Item>) => Promise<void>,
    private readonly limits: PaceLimits,
  ) {}

  /** False where there are too many keys. */
  ask(key: string, items: Iterable<Item>): boolean {
    const waiting = this.asked.get(key);
    if (!waiting && this.asked.size >= this.limits.most) return false;
    const gathered = waiting ?? new Set<Item>();
    for (const item of items) gathered.add(item);
    if (waiting) return true;
    this.asked.set(key, gathered);
    void this.work(key, gathered);
    return true;
  }

  get size(): number {
    return this.asked.size;
  }

  private async work(key: string, gathered: Set<Item>): Promise<void> {
    while (gathered.size > 0) {
      const items = new Set(gathered);
      gathered.clear();
      await this.run(key, items).catch((error: unknown) => this.logger.debug(`${key}: ${String(error)}`));
      await rest(this.limits.everyMs);
    }
    this.asked.delete(key);
  }
}

/** Keeps no process alive. */
function rest(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms).unref();
  });
}
