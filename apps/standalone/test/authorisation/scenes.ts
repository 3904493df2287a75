import { randomUUID } from 'node:crypto';
import { TestUser, type ChatClient } from '@parley/harness';

/** Well-formed, and of nobody and nothing. */
export const NOBODY = '4711';

/** Somebody who asks, over REST or through a socket of a phone. */
export class Person {
  private phone: Promise<ChatClient> | null = null;

  constructor(readonly user: TestUser) {}

  static async register(url: string, name: string): Promise<Person> {
    return new Person(await TestUser.register(url, name));
  }

  get id(): string {
    return this.user.userId;
  }

  online(): Promise<ChatClient> {
    return (this.phone ??= this.user.online());
  }
}

/** Who asks, null without a token, and what a request can name; a row's payload is made of it. */
export interface Scene {
  me: Person | null;
  conversation_id: string;
  message_id: string;
  user_id: string;
  /** Somebody else with an account. */
  other: Person;
}

/**
 * Sets the scene of a cell: the role is the column, the object is the row's. Where `isKept` says that it stays as it is,
 * other cells have it too; any other scene is new.
 */
export interface Stage {
  set(role: string, object: string, isKept: boolean): Promise<Scene>;
  leave(): void;
}

interface Group {
  conversation_id: string;
  /** A message of each who wrote one, by author. */
  messages: ReadonlyMap<string, string>;
}

const CAST = ['owner', 'admin', 'member', 'ex-member', 'stranger', 'another member', 'another admin'] as const;
type Part = (typeof CAST)[number];

/** Groups of the same people. */
export class GroupStage implements Stage {
  private kept: Promise<Group> | null = null;

  private constructor(private readonly cast: Readonly<Record<Part, Person>>) {}

  static async open(url: string): Promise<GroupStage> {
    const people = await Promise.all(CAST.map(() => Person.register(url, 'cast')));
    await Promise.all(people.map((person) => person.online()));
    return new GroupStage(Object.fromEntries(CAST.map((part, index) => [part, people[index]])) as Record<Part, Person>);
  }

  async set(role: string, object: string, isKept: boolean): Promise<Scene> {
    const { owner, 'another member': other, 'another admin': admin } = this.cast;
    const me = role === 'anonymous' ? null : this.cast[role as Part];
    const { conversation_id, messages } = await (isKept ? (this.kept ??= this.foundGroup()) : this.foundGroup());
    const people: Record<string, string | undefined> = {
      'a member': other.id,
      'an admin': admin.id,
      'the owner': owner.id,
      'an outsider': object === 'an outsider' ? (await Person.register(other.user.api.url, 'outsider')).id : undefined,
      oneself: me?.id,
      nobody: NOBODY,
    };
    const author = object === 'own message' && me && messages.has(me.id) ? me : other;
    const message_id = messages.get(author.id) ?? NOBODY;
    return { me, other, conversation_id, message_id, user_id: people[object] ?? other.id };
  }

  /** The scenes that must not be told apart: a group that was deleted, to those who were in it, a foreign one, and none. */
  async setAbsent(): Promise<Scene[]> {
    const { owner, member, stranger, 'ex-member': former, 'another member': other } = this.cast;
    const deleted = await this.foundGroup();
    await owner.user.api.call('DELETE', `/groups/${deleted.conversation_id}`);
    const foreign = await this.foundGroup();
    const in_ = (me: Person, { conversation_id, messages }: Group): Scene => {
      return { me, other, conversation_id, message_id: messages.get(other.id) ?? NOBODY, user_id: other.id };
    };
    return [
      ...[owner, member, former].map((me) => in_(me, deleted)),
      in_(stranger, foreign),
      in_(stranger, { conversation_id: NOBODY, messages: new Map() }),
    ];
  }

  leave(): void {
    for (const { user } of Object.values(this.cast)) user.leave();
  }

  /** Everybody but the stranger has sent a message, the ex-member before being removed, and has seen the first entry. */
  private async foundGroup(): Promise<Group> {
    const { owner, admin, 'another admin': otherAdmin, 'ex-member': former, stranger } = this.cast;
    const members = Object.values(this.cast).filter((person) => person !== stranger);
    const ids = members.filter((person) => person !== owner).map(({ id }) => id);
    const { conversation_id } = await owner.user.api.createGroup('Matrix', ids);
    const setAdmin = (person: Person): Promise<unknown> =>
      owner.user.api.call('PUT', `/groups/${conversation_id}/members/${person.id}`, { body: { role: 'admin' } });
    const send = async ({ id, user }: Person): Promise<[string, string]> => {
      const { message_id } = await user.api.send(conversation_id, { type: 'text', text: 'mine' });
      return [id, message_id];
    };
    const [sent] = await Promise.all([
      Promise.all(members.map(send)),
      Promise.all([admin, otherAdmin].map(setAdmin)),
      Promise.all(members.map(async (person) => (await person.online()).untilShown(conversation_id, 1))),
    ]);
    await owner.user.api.removeMember(conversation_id, former.id);
    return { conversation_id, messages: new Map(sent) };
  }
}

/** Two people, what is between them, and their direct conversation where they have one. */
export class PairStage implements Stage {
  private readonly kept = new Map<string, Promise<Scene>>();
  private readonly people: TestUser[] = [];

  constructor(private readonly url: string) {}

  set(role: string, _object: string, isKept: boolean): Promise<Scene> {
    if (!isKept) return this.setAnew(role);
    const scene = this.kept.get(role) ?? this.setAnew(role);
    this.kept.set(role, scene);
    return scene;
  }

  leave(): void {
    for (const user of this.people) user.leave();
  }

  private async setAnew(role: string): Promise<Scene> {
    const register = (name: string): Promise<Person> => Person.register(this.url, name);
    const [me, other] = await Promise.all(['me', 'other'].map(register));
    this.people.push(me.user);
    const partner = role === 'stranger' || role === 'anonymous' ? await register('third') : me;
    const knowEachOther = role !== 'without a common conversation';
    const conversation_id = knowEachOther ? (await other.user.api.direct(partner.id)).conversation_id : NOBODY;
    const { message_id } = knowEachOther
      ? await partner.user.api.send(conversation_id, { type: 'text', text: 'mine' })
      : { message_id: NOBODY };
    if (role === 'blocking') await me.user.api.call('PUT', `/blocks/${other.id}`);
    if (role === 'blocked') await other.user.api.call('PUT', `/blocks/${me.id}`);
    const users: Record<string, string> = { oneself: me.id, nobody: NOBODY };
    return {
      me: role === 'anonymous' ? null : me,
      other,
      conversation_id,
      message_id,
      user_id: users[role] ?? other.id,
    };
  }
}

/** A key that nothing was sent under. */
export function newKey(): { client_msg_id: string } {
  return { client_msg_id: randomUUID() };
}
