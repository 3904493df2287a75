/** A place in a queue. Whoever has it must leave it, in whatever way things end; a second time changes nothing. */
export interface Turn {
  /** Resolves when all that joined before have left. */
  readonly come: Promise<void>;
  leave(): void;
}

/** Queues by key: what joined earlier goes on earlier, however long each takes to prepare. */
export class Turns {
  private readonly ends = new Map<string, Promise<void>>();

  join(key: string): Turn {
    const come = this.ends.get(key) ?? Promise.resolve();
    let leave = (): void => undefined;
    const left = new Promise<void>((resolve) => (leave = resolve));
    const end = come.then(() => left);
    this.ends.set(key, end);
    void end.then(() => this.ends.get(key) === end && this.ends.delete(key));
    return { come, leave };
  }

  /** Keys with somebody in their queue. */
  get size(): number {
    return this.ends.size;
  }
}
