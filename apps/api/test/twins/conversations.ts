import type { Role } from '@parley/contracts';
import { ConversationDirectory, Outbox, type UserDirectory } from '@parley/entities';
import type { ChangeIds, ConversationRecord, Decision, MemberRecord, OutboxRow } from '@parley/entities';

interface Conversation {
  record: ConversationRecord;
  members: Map<string, MemberRecord>;
  version: number;
}

const NOT_FOUND = { decision: 'refused', code: 'not_found' } as const;
const FORBIDDEN = { decision: 'refused', code: 'forbidden' } as const;

/** Conversations in a map, with the rules that the API's answers depend on, and their outbox. */
export class InMemoryConversations extends ConversationDirectory {
  readonly rows: OutboxRow[] = [];
  /** "who/whom", and since when. */
  readonly blocks = new Map<string, number>();
  private readonly conversations = new Map<string, Conversation>();

  constructor(private readonly users: UserDirectory) {
    super();
  }

  async openDirect(ids: ChangeIds & { peerId: string }): Promise<Decision> {
    const { actorId, peerId } = ids;
    if (!(await this.exist([peerId]))) return NOT_FOUND;
    if (this.isBlocked(actorId, peerId)) return FORBIDDEN;
    const present = this.directOf(actorId, peerId);
    if (present) return { decision: 'unchanged', conversation_id: present.record.conversation_id };
    return this.create(ids, null, peerId, [
      [actorId, 'member'],
      [peerId, 'member'],
    ]);
  }

  async createGroup(ids: ChangeIds & { title: string; memberIds: readonly string[] }): Promise<Decision> {
    if (!(await this.exist(ids.memberIds))) return NOT_FOUND;
    if (ids.memberIds.some((id) => this.isBlocked(ids.actorId, id))) return FORBIDDEN;
    const others = [...new Set(ids.memberIds)]
      .filter((id) => id !== ids.actorId)
      .map((id): [string, Role] => [id, 'member']);
    return this.create(ids, ids.title, null, [[ids.actorId, 'owner'], ...others]);
  }

  async addMember(ids: ChangeIds & { userId: string; role?: Role; memberLimit: number }): Promise<Decision> {
    const { role: given = 'member' } = ids;
    const isKnown = await this.exist([ids.userId]);
    return this.changeGroup(ids, (group, role) => {
      if (!isKnown) return NOT_FOUND;
      if (role === 'member') return FORBIDDEN;
      if (group.members.has(ids.userId)) return { decision: 'unchanged', conversation_id: ids.conversationId };
      if (given !== 'member' && role !== 'owner') return FORBIDDEN;
      if (this.isBlocked(ids.actorId, ids.userId)) return FORBIDDEN;
      if (given === 'owner' || group.members.size >= ids.memberLimit) return { decision: 'refused', code: 'conflict' };
      group.members.set(ids.userId, { user_id: ids.userId, role: given, joined_at: ids.now });
      return this.record(ids, group, { change: 'member_joined', user_id: ids.userId, role: given });
    });
  }

  async setRole(ids: ChangeIds & { userId: string; role: Role; stepBackId: string }): Promise<Decision> {
    return this.changeGroup(ids, (group, actorRole) => {
      const member = group.members.get(ids.userId);
      if (!member) return NOT_FOUND;
      if (member.role === ids.role) return { decision: 'unchanged', conversation_id: ids.conversationId };
      if (actorRole !== 'owner') return FORBIDDEN;
      if (member.role === 'owner') return { decision: 'refused', code: 'conflict' };
      const actor = group.members.get(ids.actorId);
      if (ids.role === 'owner' && actor) {
        actor.role = 'admin';
        const stepBack = { change: 'role_changed', user_id: ids.actorId, role: 'admin' } as const;
        this.record({ ...ids, messageId: ids.stepBackId }, group, stepBack);
      }
      member.role = ids.role;
      return this.record(ids, group, { change: 'role_changed', user_id: ids.userId, role: ids.role });
    });
  }

  async deleteGroup(ids: ChangeIds): Promise<Decision> {
    return this.changeGroup(ids, (group, role) => {
      if (role !== 'owner') return FORBIDDEN;
      group.members.clear();
      group.record.member_count = 0;
      return this.record(ids, group, { change: 'deleted' });
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

  /** The two users' direct conversation and its version; `change` makes it the next one. */
  blockChanged(ids: Omit<ChangeIds, 'conversationId'>, userId: string, change: 'blocked' | 'unblocked' | null) {
    const direct = this.directOf(ids.actorId, userId);
    if (!direct) return null;
    const { conversation_id } = direct.record;
    if (change) this.record({ ...ids, conversationId: conversation_id }, direct, { change });
    return direct.version > 1 ? { conversation_id, version: direct.version } : null;
  }

  /** Whether both are in one conversation of at most so many members. */
  share(one: string, other: string, mostMembers: number): boolean {
    return [...this.conversations.values()].some(
      ({ members }) => members.size <= mostMembers && members.has(one) && members.has(other),
    );
  }

  isBlocked(one: string, other: string): boolean {
    return this.blocks.has(`${one}/${other}`) || this.blocks.has(`${other}/${one}`);
  }

  private directOf(one: string, other: string): Conversation | undefined {
    return [...this.conversations.values()].find(
      ({ record, members }) => record.kind === 'direct' && members.has(one) && members.has(other),
    );
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
