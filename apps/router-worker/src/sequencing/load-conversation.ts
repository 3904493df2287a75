import { Injectable } from '@nestjs/common';
import { comparePositions, type Position } from '@parley/contracts';
import { ConversationStore, type BlockChangeRow, type Membership, type StoredEntry } from '@parley/message-store';
import { ConversationState } from './conversation-state.js';

const CHUNK = 50;

/**
 * Reads a conversation's state back as of a position. The head is where to start looking, not the answer: rows of a
 * replayed tail may stand below it, and they will be written again, identically. So: descend from the head to the first
 * row that lies before the position, and take memberships as of that row. Block changes have a position and no seq: the
 * newest before the position counts.
 */
@Injectable()
export class LoadConversation {
  constructor(private readonly store: ConversationStore) {}

  async execute(conversationId: string, before: Position): Promise<ConversationState> {
    const state = new ConversationState(conversationId);
    const head = await this.store.readHead(conversationId);
    if (head === 0) return state;
    const [last, block] = await Promise.all([
      this.lastBefore(conversationId, head, before),
      this.blockBefore(conversationId, before),
    ]);
    if (!last) return state;
    state.continueAfter(last);
    if (block) state.takeBlock(block);
    for (const membership of await this.store.readMemberships(conversationId)) addInterval(state, membership);
    return state;
  }

  private async lastBefore(conversationId: string, head: number, before: Position): Promise<StoredEntry | null> {
    for (let to = head; to > 0; to -= CHUNK) {
      const from = Math.max(1, to - CHUNK + 1);
      const rows = await this.store.readEntries(conversationId, { from, to, limit: CHUNK, order: 'descending' });
      const last = rows.find((row) => comparePositions(row.position, before) < 0);
      if (last) return last;
    }
    return null;
  }

  private async blockBefore(conversationId: string, before: Position): Promise<BlockChangeRow | null> {
    for (let below: number | undefined; ;) {
      const rows = await this.store.readBlockChanges(conversationId, { below, limit: CHUNK });
      const last = rows.find((row) => comparePositions(row.position, before) < 0);
      if (last || rows.length < CHUNK) return last ?? null;
      below = rows.at(-1)?.version;
    }
  }
}

/** A membership as of `state.lastSeq`: what starts or ends later belongs to the tail that is being replayed. */
function addInterval(state: ConversationState, membership: Membership): void {
  const { user_id, from_seq, to_seq, end_by_seq, role } = membership;
  if (from_seq > state.lastSeq) return;
  const hasEnded = to_seq !== null && end_by_seq !== null && end_by_seq <= state.lastSeq;
  if (!hasEnded) {
    state.startInterval(user_id, from_seq, role);
    return;
  }
  state.ended.set(user_id, [...(state.ended.get(user_id) ?? []), { from: from_seq, to: to_seq }]);
}
