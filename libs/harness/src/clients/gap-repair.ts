import type { Pulled } from '@parley/contracts';
import type { Timeline } from './timeline.js';

const PULL_LIMIT = 200;

/** Asks for entries after a position; null where there is no answer (the next sync brings them). */
export type Pull = (request: { conversation_id: string; after_seq: number; limit: number }) => Promise<Pulled | null>;

/** Pulls what a timeline lacks, one pull at a time per conversation. */
export class GapRepair {
  private readonly wanted = new Map<string, number>();

  constructor(
    private readonly timeline: Timeline,
    private readonly pull: Pull,
    private readonly repaired: (conversationId: string) => void,
  ) {}

  /** Entries up to `seq` exist: pulls those above the position, if there are any. Resolves when it is done with that. */
  async want(conversationId: string, seq: number): Promise<void> {
    const busy = this.wanted.has(conversationId);
    this.wanted.set(conversationId, Math.max(seq, this.wanted.get(conversationId) ?? 0));
    if (busy) return;
    try {
      while (this.lacks(conversationId) && (await this.pullOnce(conversationId)));
    } finally {
      this.wanted.delete(conversationId);
    }
  }

  private lacks(conversationId: string): boolean {
    return (this.timeline.position(conversationId) ?? 0) < (this.wanted.get(conversationId) ?? 0);
  }

  /** false where another pull would bring nothing more. */
  private async pullOnce(conversationId: string): Promise<boolean> {
    const after = this.timeline.position(conversationId) ?? 0;
    const pulled = await this.pull({ conversation_id: conversationId, after_seq: after, limit: PULL_LIMIT });
    if (!pulled) return false;
    this.timeline.pulled(conversationId, pulled);
    this.repaired(conversationId);
    return pulled.to_seq > after;
  }
}
