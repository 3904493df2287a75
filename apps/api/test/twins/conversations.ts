import type { Role } from '@parley/contracts';
import { ConversationDirectory, Outbox, type UserDirectory } from '@parley/entities';
import type { ChangeIds, ConversationRecord, Decision, MemberRecord, OutboxRow } from '@parley/entities';

interface Conversation {
  record: ConversationRecord;
  members: Map<string, MemberRecord>;
  version: number;
}

const NOT_FOUND = { decision: 'refused', code: 'not_found' } as const;

/** Conversations in a map, with the rules that the API's answers depend on, and their outbox. */
export class InMemoryConversations extends ConversationDirectory {
  readonly rows: OutboxRow[] = [];
  private readonly conversations = new Map<string, Conversation>();

  constructor(private readonly users: UserDirectory) {
    super();
  }

  async openDirect(ids: ChangeIds & { peerId: string }): Promise<Decision> {
    const { actorId, peerId } = ids;
    if (!(await this.exist([peerId]))) return NOT_FOUND;
    const present = [...this.conversations.values()].find(
      ({ record, members }) => record.kind === 'direct' && members.has(actorId) && members.has(peerId),
    );
    if (present) return { decision: 'unchanged', conversation_id: present.record.conversation_id };
    return this.create(ids, null, peerId, [
      [actorId, 'member'],
      [peerId, 'member'],
    ]);
  }

  async createGroup(ids: ChangeIds & { title: string; memberIds: readonly string[] }): Promise<Decision> {
    if (!(await this.exist(ids.memberIds))) return NOT_FOUND;
    const others = [...new Set(ids.memberIds)]
      .filter((id) => id !== ids.actorId)
      .map((id): [string, Role] => [id, 'member']);
    return this.create(ids, ids.title, null, [[ids.actorId, 'owner'], ...others]);
  }

  async addMember(ids: ChangeIds & { userId: string; memberLimit: number }): Promise<Decision> {
    const isKnown = await this.exist([ids.userId]);
    return this.changeGroup(ids, (group, role) => {
      if (!isKnown) return NOT_FOUND;
      if (role === 'member') return { decision: 'refused', code: 'forbidden' };
      if (group.members.has(ids.userId)) return { decision: 'unchanged', conversation_id: ids.conversationId };
      if (group.members.size >= ids.memberLimit) return { decision: 'refused', code: 'conflict' };
      group.members.set(ids.userId, { user_id: ids.userId, role: 'member', joined_at: ids.now });
      return this.record(ids, group, { change: 'member_joined', user_id: ids.userId, role: 'member' });
    });
  }

  async removeMember(ids: ChangeIds & { userId: string }): Promise<Decision> {
    return this.changeGroup(ids, (group) => {
      if (!group.members.delete(ids.userId)) return NOT_FOUND;
      return this.record(ids, group, { change: 'member_removed', user_id: ids.userId });
    });
  }

  async rename(ids: ChangeIds & { title: string }): Promise<Decision> {
    return this.changeGroup(ids, (group) => {
      group.record.title = ids.title;
      return this.record(ids, group, { change: 'title_changed', title: ids.title });
    });
  }

  async find(id: string): Promise<ConversationRecord | null> {
    return this.conversations.get(id)?.record ?? null;
  }

  async findMany(ids: readonly string[]): Promise<Map<string, ConversationRecord>> {
    const found = ids.flatMap((id) => this.conversations.get(id)?.record ?? []);
    return new Map(found.map((record) => [record.conversation_id, record]));
  }

  async roleOf(id: string, userId: string): Promise<Role | null> {
    return this.conversations.get(id)?.members.get(userId)?.role ?? null;
  }

  async members(id: string, page: { limit: number; after?: { joined_at: number; user_id: string } }) {
    const all = [...(this.conversations.get(id)?.members.values() ?? [])];
    const from = page.after ? all.findIndex(({ user_id }) => user_id === page.after?.user_id) + 1 : 0;
    return all.slice(from, from + page.limit);
  }

  private async exist(userIds: readonly string[]): Promise<boolean> {
    return (await this.users.findByIds(userIds)).size === new Set(userIds).size;
  }

  private create(ids: ChangeIds, title: string | null, peerId: string | null, members: [string, Role][]): Decision {
    const kind = peerId === null ? 'group' : 'direct';
    const conversation: Conversation = {
      record: {
        conversation_id: ids.conversationId,
        kind,
        title,
        user_ids: peerId === null ? null : [ids.actorId, peerId],
        member_count: members.length,
        created_at: ids.now,
      },
      members: new Map(members.map(([user_id, role]) => [user_id, { user_id, role, joined_at: ids.now }])),
      version: 0,
    };
    this.conversations.set(ids.conversationId, conversation);
    const listed = members.map(([user_id, role]) => ({ user_id, role }));
    return this.record(ids, conversation, { change: 'created', conversation_kind: kind, title, members: listed });
  }

  private changeGroup(ids: ChangeIds, change: (group: Conversation, role: Role) => Decision): Decision {
    const group = this.conversations.get(ids.conversationId);
    const role = group?.members.get(ids.actorId)?.role;
    return group?.record.kind === 'group' && role ? change(group, role) : NOT_FOUND;
  }

  private record(
    ids: ChangeIds,
    conversation: Conversation,
    change: Partial<OutboxRow> & Pick<OutboxRow, 'change'>,
  ): Decision {
    conversation.version += 1;
    this.rows.push({
      outbox_id: ids.messageId,
      conversation_id: ids.conversationId,
      version: conversation.version,
      message_id: ids.messageId,
      actor_id: ids.actorId,
      conversation_kind: null,
      members: null,
      user_id: null,
      role: null,
      title: null,
      reply_to: ids.replyTo,
      ...change,
    });
    return { decision: 'changed', change: { conversation_id: ids.conversationId, message_id: ids.messageId } };
  }
}

/** The outbox of `InMemoryConversations`. */
export class InMemoryOutbox extends Outbox {
  constructor(private readonly conversations: InMemoryConversations) {
    super();
  }

  async tryBecomeRelay(): Promise<boolean> {
    return true;
  }

  async unpublished(limit: number): Promise<OutboxRow[]> {
    return this.conversations.rows.slice(0, limit);
  }

  async markPublished(ids: readonly string[]): Promise<void> {
    const rest = this.conversations.rows.filter(({ outbox_id }) => !ids.includes(outbox_id));
    this.conversations.rows.splice(0, Infinity, ...rest);
  }
}
