import type { ConversationState } from './conversation-state.js';
import { keyOf } from './conversation-state.js';
import type { Sequenced } from './sequence.js';

/** Conversations kept in memory per partition while nothing of theirs is unstored. */
const KEPT = 20_000;

/** What the store has to show before it may leave memory; without an entry it is a block change. */
export interface Tracked {
  state: ConversationState;
  sequenced: Sequenced | null;
}

/** What a router knows about a partition under one assignment. Dropped as a whole when the partition is revoked. */
export class Partition {
  /** Records are judged one batch after the other... */
  judged: Promise<unknown> = Promise.resolve();
  /** ...and become visible in the same order. */
  published: Promise<unknown> = Promise.resolve();

  private readonly conversations = new Map<string, ConversationState>();
  private readonly unstored: (Tracked & { stored: boolean })[] = [];

  find(conversationId: string): ConversationState | undefined {
    const state = this.conversations.get(conversationId);
    if (!state) return undefined;
    // Re-inserted, so that the map's order is the order of last use.
    this.conversations.delete(conversationId);
    this.conversations.set(conversationId, state);
    return state;
  }

  keep(state: ConversationState): void {
    this.conversations.set(state.conversationId, state);
  }

  /** Notes what the store may not show yet; the answer marks it stored. */
  track(batch: readonly Tracked[]): () => void {
    const tracked = batch.map((each) => ({ ...each, stored: false }));
    this.unstored.push(...tracked);
    return () => {
      for (const each of tracked) each.stored = true;
    };
  }

  /**
   * Forgets what the store shows by now. Called only before a batch starts to read: what it reads from then on and what is
   * remembered here cover the past together, whatever is stored meanwhile.
   */
  forgetStored(): void {
    const firstUnstored = this.unstored.findIndex((each) => !each.stored);
    const count = firstUnstored === -1 ? this.unstored.length : firstUnstored;
    for (const { sequenced, state } of this.unstored.splice(0, count)) {
      state.unstored -= 1;
      if (sequenced) forget(state, sequenced);
    }
    for (const [id, state] of this.conversations) {
      if (this.conversations.size <= KEPT) break;
      if (state.unstored === 0) this.conversations.delete(id);
    }
  }
}

function forget(state: ConversationState, { entry }: Sequenced): void {
  if (entry.client_msg_id !== null) {
    const key = keyOf(entry.sender_id, entry.client_msg_id);
    if (state.unstoredKeys.get(key)?.seq === entry.seq) state.unstoredKeys.delete(key);
  }
  const targetId = entry.kind === 'message' ? entry.message_id : entry.body.target_id;
  const target = targetId === undefined ? undefined : state.unstoredTargets.get(targetId);
  if (!target || targetId === undefined) return;
  target.unstored -= 1;
  if (target.unstored === 0) state.unstoredTargets.delete(targetId);
}
