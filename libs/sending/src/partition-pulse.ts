/** Without any verdict from a partition for this long, sends to it are refused before they reach the log. */
const STALLED_MS = 5_000;

/**
 * Notices partitions that take records but give no verdicts, so that retries never fill the log. A partition is stalled
 * while records wait for their verdicts and none has come for 5 s; it is tried again as soon as nothing waits any more.
 */
export class PartitionPulse {
  private readonly partitions = new Map<number, { waiting: number; quietSince: number }>();

  constructor(private readonly now: () => number = () => performance.now()) {}

  isStalled(partition: number): boolean {
    const pulse = this.partitions.get(partition);
    return pulse !== undefined && this.now() - pulse.quietSince > STALLED_MS;
  }

  /** The partitions that are stalled now. */
  stalled(): number[] {
    return [...this.partitions.keys()].filter((partition) => this.isStalled(partition));
  }

  published(partition: number): void {
    const pulse = this.partitions.get(partition);
    if (pulse) pulse.waiting += 1;
    else this.partitions.set(partition, { waiting: 1, quietSince: this.now() });
  }

  /** The wait for one record is over, with a verdict or without. */
  settled(partition: number, hadVerdict: boolean): void {
    const pulse = this.partitions.get(partition);
    if (!pulse) return;
    pulse.waiting -= 1;
    if (hadVerdict) pulse.quietSince = this.now();
    if (pulse.waiting <= 0) this.partitions.delete(partition);
  }
}
