import { Injectable } from '@nestjs/common';
import { limits } from '@parley/contracts';
import { ConversationStore } from '@parley/message-store';

/** For so long a conversation counts as too large once it was found to be. */
const LARGE_FOR_MS = 60_000;
const MOST_LARGE = 10_000;

/**
 * Who may see how far a member has got: the other members, in a conversation of up to 32. Between the two of a direct
 * conversation nothing is told while either blocks the other: a receipt says that somebody is there.
 */
@Injectable()
export class ReceiptAudience {
  /** Conversations with more members than see each other's receipts, and until when that holds; the oldest first. */
  private readonly large = new Map<string, number>();

  constructor(private readonly store: ConversationStore) {}

  /** The other users; null where the user is no member. */
  async of(userId: string, conversationId: string): Promise<string[] | null> {
    if (this.isLarge(conversationId)) return [];
    const memberships = await this.store.readMemberships(conversationId);
    const members = memberships.filter(({ to_seq }) => to_seq === null).map(({ user_id }) => user_id);
    if (!members.includes(userId)) return null;
    if (members.length > limits.RECEIPT_MEMBERS) {
      this.noteLarge(conversationId);
      return [];
    }
    if (members.length === 2 && (await this.isHeldUp(conversationId))) return [];
    return members.filter((id) => id !== userId);
  }

  /** Only a direct conversation has block changes. */
  private async isHeldUp(conversationId: string): Promise<boolean> {
    const [newest] = await this.store.readBlockChanges(conversationId, { limit: 1 });
    return newest?.is_blocked ?? false;
  }

  private isLarge(conversationId: string): boolean {
    return (this.large.get(conversationId) ?? 0) > performance.now();
  }

  private noteLarge(conversationId: string): void {
    this.large.delete(conversationId);
    this.large.set(conversationId, performance.now() + LARGE_FOR_MS);
    if (this.large.size <= MOST_LARGE) return;
    const [oldest] = this.large.keys();
    this.large.delete(oldest);
  }
}
