import type { ChangeRecordDto, EntryKind, Role } from '@parley/contracts';
import type {
  ConversationRow,
  ConversationStore,
  EntryBody,
  EntryRow,
  InboxStore,
  InboxWrite,
} from '@parley/message-store';

/** When entry n of a conversation is sent: `AT + n` seconds. */
const AT = Date.UTC(2026, 0, 1);

/** Writes one conversation's rows and its members' inboxes as a router does, entry by entry. */
export class WrittenConversation {
  /** The head: the number of entries so far. */
  seq = 0;
  private n = 0;
  private lastMessage = { seq: 0, at: AT };
  private readonly since = new Map<string, number>();

  constructor(
    readonly id: string,
    private readonly store: ConversationStore,
    private readonly inbox: InboxStore,
  ) {}

  /** Answers the seq of the entry, like all of these. */
  async join(userId: string, role: Role = 'member'): Promise<number> {
    const from_seq = this.seq + 1;
    this.since.set(userId, from_seq);
    const start = { row: 'membership-start', conversation_id: this.id, user_id: userId, from_seq, role } as const;
    const joined = { joined: { from_seq, floor_n: this.n } };
    return this.append('update', userId, { change: 'member_joined', user_id: userId }, [start], {
      [userId]: joined,
    });
  }

  async leave(userId: string): Promise<number> {
    const to_seq = this.seq + 1;
    const end = {
      row: 'membership-end',
      conversation_id: this.id,
      user_id: userId,
      from_seq: this.since.get(userId) ?? 1,
      to_seq,
      by_seq: to_seq,
    } as const;
    const body: EntryBody = { change: 'member_left' satisfies ChangeRecordDto['change'], user_id: userId };
    const seq = await this.append('update', userId, body, [end], { [userId]: { left: { to_seq } } });
    this.since.delete(userId);
    return seq;
  }

  async message(userId: string, text: string): Promise<number> {
    this.n += 1;
    this.lastMessage = { seq: this.seq + 1, at: AT + (this.seq + 1) * 1_000 };
    const read = { read: { read_seq: this.seq + 1, read_n: this.n } };
    return this.append('message', userId, { content: { type: 'text', text } }, [], { [userId]: read });
  }

  private async append(
    kind: EntryKind,
    senderId: string,
    body: EntryBody,
    rows: readonly ConversationRow[],
    more: Record<string, Partial<InboxWrite>>,
  ): Promise<number> {
    this.seq += 1;
    await this.store.write([this.entry(kind, senderId, body), ...rows]);
    const activity = {
      last_seq: this.seq,
      last_n: this.n,
      last_message_seq: this.lastMessage.seq,
      last_activity_at: this.lastMessage.at,
    };
    const at = this.seq;
    const members = [...this.since.keys()];
    await this.inbox.write(
      members.map((user_id) => ({ user_id, conversation_id: this.id, at, activity, ...more[user_id] })),
    );
    await this.store.write([{ row: 'head', conversation_id: this.id, last_seq: this.seq }]);
    return this.seq;
  }

  private entry(kind: EntryKind, sender_id: string, body: EntryBody): EntryRow {
    return {
      row: 'entry',
      conversation_id: this.id,
      seq: this.seq,
      position: { epoch: 0, offset: this.seq },
      message_id: String(BigInt(this.id) * 1_000n + BigInt(this.seq)),
      kind,
      sender_id,
      client_msg_id: null,
      sent_at: AT + this.seq * 1_000,
      n: this.n,
      version: 0,
      last_message_seq: this.lastMessage.seq,
      last_activity_at: this.lastMessage.at,
      body,
    };
  }
}
