/**
 * How far each partition is on the disk. Readers go up to there and not beyond: a record that is only committed to memory
 * could be judged and answered, and then be gone after a power cut.
 */
export class DurableEnds {
  private readonly ends: number[];
  private readonly waiting: Set<() => void>[];

  constructor(ends: readonly number[]) {
    this.ends = [...ends];
    this.waiting = ends.map(() => new Set());
  }

  /** The offset after the last durable record. */
  of(partition: number): number {
    return this.ends[partition] ?? 0;
  }

  raise(partition: number, end: number): void {
    if (end <= this.of(partition)) return;
    this.ends[partition] = end;
    for (const wake of this.waiting[partition]) wake();
  }

  /** Resolves when the end lies above `offset`, after `waitMs`, or when `signal` aborts. */
  async above(partition: number, offset: number, waitMs: number, signal: AbortSignal): Promise<void> {
    if (this.of(partition) > offset || signal.aborted) return;
    await new Promise<void>((resolve) => {
      const wake = (): void => {
        clearTimeout(timer);
        signal.removeEventListener('abort', wake);
        this.waiting[partition].delete(wake);
        resolve();
      };
      const timer = setTimeout(wake, waitMs);
      signal.addEventListener('abort', wake, { once: true });
      this.waiting[partition].add(wake);
    });
  }
}
