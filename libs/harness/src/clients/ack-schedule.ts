/**
 * When a client acknowledges: cumulatively, at most once per interval while live entries come, at once after a batch.
 */
export class AckSchedule {
  private readonly due = new Map<string, number>();
  private timer: NodeJS.Timeout | null = null;

  constructor(
    private readonly everyMs: number,
    private readonly acknowledge: (positions: Record<string, number>) => void,
  ) {}

  later(conversationId: string, seq: number): void {
    this.due.set(conversationId, Math.max(seq, this.due.get(conversationId) ?? 0));
    this.timer ??= setTimeout(() => this.flush(), this.everyMs);
  }

  atOnce(conversationId: string, seq: number): void {
    this.later(conversationId, seq);
    this.flush();
  }

  /** The connection is gone: the next sync starts at the cursor, and its batches are acknowledged in their turn. */
  forget(): void {
    this.due.clear();
    if (this.timer) clearTimeout(this.timer);
    this.timer = null;
  }

  private flush(): void {
    const positions = Object.fromEntries(this.due);
    this.forget();
    this.acknowledge(positions);
  }
}
