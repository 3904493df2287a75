/** Commits the offsets of several partitions, by partition, in one request. */
export type Commit = (offsets: ReadonlyMap<number, number>) => Promise<void>;

/** Gathers what is committed in one turn of the event loop into one request. */
export class CommitRound {
  private offsets = new Map<number, number>();
  private committing: Promise<void> | null = null;

  constructor(private readonly commit: Commit) {}

  /** Resolves when it is committed. */
  add(partition: number, offset: number): Promise<void> {
    this.offsets.set(partition, offset);
    this.committing ??= Promise.resolve().then(() => this.send());
    return this.committing;
  }

  private send(): Promise<void> {
    const { offsets } = this;
    this.offsets = new Map();
    this.committing = null;
    return this.commit(offsets);
  }
}
