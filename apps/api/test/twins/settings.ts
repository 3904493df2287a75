import { BlockDirectory, MuteDirectory, type UserDirectory } from '@parley/entities';
import type { BlockDecision, BlockedUser, BlockIds, Mute } from '@parley/entities';
import type { InMemoryConversations } from './conversations.js';

/** Blocks beside the conversations that they hold up. */
export class InMemoryBlocks extends BlockDirectory {
  constructor(
    private readonly conversations: InMemoryConversations,
    private readonly users: UserDirectory,
  ) {
    super();
  }

  block(ids: BlockIds): Promise<BlockDecision> {
    const key = `${ids.actorId}/${ids.userId}`;
    const { blocks } = this.conversations;
    return this.change(ids, () => blocks.has(key) || blocks.set(key, ids.now));
  }

  unblock(ids: BlockIds): Promise<BlockDecision> {
    return this.change(ids, () => this.conversations.blocks.delete(`${ids.actorId}/${ids.userId}`));
  }

  async blockedBy(userId: string, { limit, after }: { limit: number; after?: BlockedUser }): Promise<BlockedUser[]> {
    const all = [...this.conversations.blocks]
      .map(([key, blocked_at]) => ({ pair: key.split('/') as [string, string], blocked_at }))
      .filter(({ pair }) => pair[0] === userId)
      .map(({ pair, blocked_at }) => ({ user_id: pair[1], blocked_at }));
    const from = after ? all.findIndex(({ user_id }) => user_id === after.user_id) + 1 : 0;
    return all.slice(from, from + limit);
  }

  private async change(ids: BlockIds, write: () => unknown): Promise<BlockDecision> {
    const { actorId, userId } = ids;
    if (!(await this.users.findById(userId))) return { decision: 'refused', code: 'not_found' };
    const before = this.conversations.isBlocked(actorId, userId);
    write();
    const after = this.conversations.isBlocked(actorId, userId);
    const change = before === after ? null : after ? 'blocked' : 'unblocked';
    return { decision: 'decided', direct: this.conversations.blockChanged(ids, userId, change) };
  }
}

/** Mutes in a map. */
export class InMemoryMutes extends MuteDirectory {
  private readonly mutes = new Map<string, Mute>();

  async mute(userId: string, conversationId: string, mute: Mute): Promise<void> {
    this.mutes.set(`${userId}/${conversationId}`, mute);
  }

  async unmute(userId: string, conversationId: string): Promise<void> {
    this.mutes.delete(`${userId}/${conversationId}`);
  }

  async mutesOf(userId: string, conversationIds: readonly string[]): Promise<Map<string, Mute>> {
    return new Map(
      conversationIds.flatMap((id) => {
        const mute = this.mutes.get(`${userId}/${id}`);
        return mute ? [[id, mute] as const] : [];
      }),
    );
  }
}
