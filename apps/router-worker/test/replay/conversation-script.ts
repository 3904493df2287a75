import type {
  BlockRecordDto,
  Change,
  ChangeRecordDto,
  Content,
  ConversationKind,
  LogRecord,
  Role,
  SubmitRecord,
} from '@parley/contracts';
import type { Names } from './names.js';
import type { Random } from '@parley/harness';

const KINDS = { message: 46, edit: 14, react: 16, delete: 6, change: 20, outsider: 5, unknownTarget: 4 };
/** Few, so that people say different things about the same one. */
const EMOJI = ['👍', '🎉'] as const;
const CHANGES = { member_joined: 8, member_left: 5, member_removed: 4, role_changed: 5, title_changed: 4, deleted: 1 };

/**
 * What people would do in one conversation. Changes are decided as the API decides them, against the members it sees;
 * messages come from whoever tries, so that some are refused: before the first entry, by outsiders, about messages that do
 * not exist or are not one's own.
 */
export class ConversationScript {
  private readonly members = new Map<string, Role>();
  /** What members sent on their own: almost all of it is accepted. */
  private readonly messages: { id: string; sender: string }[] = [];
  /** Ids of messages that somebody wanted to delete. */
  private readonly gone = new Set<string>();
  /** Ids that were named before anything has them. */
  private readonly foretold: string[] = [];
  private readonly keys: string[] = [];
  private version = 0;
  private deleted = false;
  private blocked = false;

  constructor(
    readonly conversationId: string,
    private readonly kind: ConversationKind,
    private readonly users: readonly string[],
    private readonly names: Names,
    private readonly random: Random,
  ) {}

  next(): LogRecord {
    if (this.version === 0 && this.random.chance(0.85)) return this.create();
    const kind = this.random.weighted(KINDS);
    if (kind === 'change') return this.change() ?? this.message(this.someMember());
    if (kind === 'message') return this.message(this.someMember());
    if (kind === 'outsider') return this.message(this.random.pick(this.users));
    if (kind === 'unknownTarget')
      return this.about(this.random.pick(['edit', 'react', 'delete'] as const), this.nothing());
    return this.about(kind, this.target());
  }

  private create(): ChangeRecordDto {
    const count = this.kind === 'direct' ? 2 : this.random.between(1, this.users.length);
    const users = this.random.shuffled(this.users).slice(0, count);
    users.forEach((userId, index) => this.members.set(userId, index === 0 ? 'owner' : 'member'));
    const members = [...this.members].map(([user_id, role]) => ({ user_id, role }));
    const title = this.kind === 'group' ? { title: 'A group' } : {};
    return this.changeRecord('created', { conversation_kind: this.kind, members, ...title });
  }

  /** Null where the API would decide nothing: there is no conversation yet, or not any more. */
  private change(): ChangeRecordDto | BlockRecordDto | null {
    if (this.version === 0 || this.deleted) return null;
    if (this.kind === 'direct') return this.block();
    const change = this.random.weighted(CHANGES);
    if (change === 'title_changed') return this.changeRecord(change, { title: `Title ${this.version + 1}` });
    if (change === 'deleted') {
      this.deleted = true;
      this.members.clear();
      return this.changeRecord(change, {});
    }
    const joins = change === 'member_joined';
    const concerned = this.users.filter((userId) => this.members.has(userId) !== joins);
    if (concerned.length === 0) return null;
    const user_id = this.random.pick(concerned);
    if (joins || change === 'role_changed') {
      const role = this.random.pick(['owner', 'admin', 'member'] as const);
      this.members.set(user_id, role);
      return this.changeRecord(change, { user_id, role });
    }
    this.members.delete(user_id);
    return this.changeRecord(change, { user_id });
  }

  /** A direct conversation keeps its members. More often than not the next such record takes the block back. */
  private block(): BlockRecordDto {
    this.version += 1;
    this.blocked = this.blocked ? this.random.chance(0.2) : this.random.chance(0.7);
    const sender_id = this.someMember();
    const ids = { message_id: this.names.message(), conversation_id: this.conversationId, sender_id };
    return { v: 1, type: 'block', ...ids, version: this.version, is_blocked: this.blocked };
  }

  private changeRecord(change: Change, more: Partial<ChangeRecordDto>): ChangeRecordDto {
    this.version += 1;
    const sender_id = this.someMember();
    const ids = { message_id: this.names.message(), conversation_id: this.conversationId, sender_id };
    return { v: 1, type: 'change', ...ids, version: this.version, change, ...more };
  }

  private message(sender: string): SubmitRecord {
    const submission = this.submission(sender);
    const isAnswer = this.random.chance(0.3);
    const labels = isAnswer
      ? { reply_to: this.someMessage(), thread_id: this.random.chance(0.5) ? this.someMessage() : null }
      : {};
    const mentions = this.random.chance(0.2) ? { mentions: [this.random.pick(this.users)] } : {};
    if (this.members.has(sender) && !isAnswer) this.messages.push({ id: submission.message_id, sender });
    return { ...submission, kind: 'message', content: this.content(), ...labels, ...mentions };
  }

  /** Mostly by the author, sometimes by whoever is there; whoever is there reacts. */
  private about(kind: 'edit' | 'react' | 'delete', message: { id: string; sender: string }): SubmitRecord {
    const isByAuthor = kind !== 'react' && this.random.chance(0.7);
    const submission = this.submission(isByAuthor ? message.sender : this.someMember());
    const record = { ...submission, target_id: message.id };
    if (kind === 'delete') this.gone.add(message.id);
    if (kind === 'edit') return { ...record, kind, content: this.content() };
    if (kind === 'delete') return { ...record, kind };
    return { ...record, kind, emoji: this.random.pick(EMOJI), op: this.random.chance(0.6) ? 'add' : 'remove' };
  }

  /** One message of a member is talked about more than the others. */
  private target(): { id: string; sender: string } {
    const popular = this.messages.find(({ id, sender }) => this.members.has(sender) && !this.gone.has(id));
    if (popular && this.random.chance(0.7)) return popular;
    return this.messages.length > 0 ? this.random.pick(this.messages) : this.nothing();
  }

  private submission(sender_id: string) {
    const message_id = (this.random.chance(0.5) && this.foretold.pop()) || this.names.message();
    const ids = { message_id, conversation_id: this.conversationId, sender_id, client_msg_id: this.key() };
    return { v: 1 as const, type: 'submit' as const, ...ids };
  }

  /** One key in two hands is two keys. */
  private key(): string {
    if (this.keys.length > 0 && this.random.chance(0.05)) return this.random.pick(this.keys);
    this.keys.push(this.names.clientMessageId());
    return this.keys.at(-1) as string;
  }

  private content(): Content {
    const text = `text ${this.random.below(1_000_000)}`;
    return this.random.chance(0.9)
      ? { type: 'text', text }
      : { type: 'custom', data: { text, nested: { b: 1, a: 2 } } };
  }

  private someMember(): string {
    return this.random.pick(this.members.size > 0 ? [...this.members.keys()] : this.users);
  }

  private someMessage(): string {
    return this.messages.length > 0 && this.random.chance(0.9) ? this.random.pick(this.messages).id : this.nothing().id;
  }

  /** Not there, or not yet there. */
  private nothing(): { id: string; sender: string } {
    const id = this.names.message();
    if (this.random.chance(0.5)) this.foretold.push(id);
    return { id, sender: this.someMember() };
  }
}
