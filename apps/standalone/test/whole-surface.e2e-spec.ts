import type { EntryView, Receipt, TypingView } from '@parley/contracts';
import { codeOf, type ChatClient, type TestUser } from '@parley/harness';
import { describe, expect, it, vi } from 'vitest';
import { range, seqsOf } from './entries.js';
import { bySocket, byRest, type Target } from './message-changes.js';
import { newestStates, pictureOf } from './pictures.js';
import { serverUnderTest } from './server-under-test.js';

interface Person {
  user: TestUser;
  phone: ChatClient;
  laptop: ChatClient;
}

interface Presence {
  user_id: string;
  status: string;
}

const server = serverUnderTest();
const devicesOf = ({ phone, laptop }: Person): ChatClient[] => [phone, laptop];
/** Somebody of whom the phone alone is there, or tells the whole story. */
const withPhone = (person: Person): Person => ({ ...person, laptop: person.phone });
const statuses = (answers: readonly { status: number }[]): number[] => answers.map(({ status }) => status);

async function threePeople(): Promise<[Person, Person, Person]> {
  const users = await server.users('alice', 'bob', 'carol');
  const withDevices = async (user: TestUser): Promise<Person> => {
    const [phone, laptop] = await Promise.all(['phone', 'laptop'].map((device) => user.online(device)));
    return { user, phone, laptop };
  };
  return Promise.all(users.map(withDevices)) as Promise<[Person, Person, Person]>;
}

async function said(client: ChatClient, conversationId: string, words: string): Promise<Target> {
  const sent = await client.send(conversationId, words);
  if (!sent.ok) throw new Error(sent.error.code);
  return { conversation_id: conversationId, target_id: sent.message_id };
}

/** Every device shows all of the history, and of every message what the history has. */
async function expectOnePicture(people: readonly Person[], conversationId: string): Promise<EntryView[]> {
  const history = await people[0].user.api.wholeHistory(conversationId);
  const head = history.length;
  expect(seqsOf(history)).toEqual(range(1, head));
  for (const client of people.flatMap(devicesOf)) {
    await client.untilShown(conversationId, head);
    expect(seqsOf(client.timeline.of(conversationId))).toEqual(range(1, head));
    expect(pictureOf(client.timeline.of(conversationId))).toEqual(newestStates(history));
  }
  return history;
}

/** Whoever talks is heard, seen and answered: what is said, what becomes of it, and what is told in passing. */
async function talk([alice, bob, carol]: [Person, Person, Person], direct: string, group: string): Promise<void> {
  const question = await said(alice.phone, group, 'whose turn is it');
  const answer = await bob.user.api.send(group, { type: 'text', text: 'mine' });
  const typo = await said(carol.laptop, group, 'no, mien');
  const secret = await said(bob.phone, direct, 'between us');
  await Promise.all([
    bySocket.edit(carol.phone, typo, 'no, mine'),
    bySocket.react(bob.laptop, question, '🤔'),
    byRest.react(carol.user, { conversation_id: group, target_id: answer.message_id }, '👎'),
    byRest.edit(bob.user, secret, 'between you and me'),
    bySocket.react(alice.laptop, secret, '🤫'),
  ]);
  expect(await bySocket.delete(alice.phone, question)).toMatchObject({ ok: true });
  expect(codeOf(await bySocket.edit(alice.phone, typo, 'hers'))).toBe('forbidden');

  await Promise.all(
    [bob, carol].map(({ laptop }) => laptop.request('typing', { conversation_id: group, typing: true })),
  );
  const writing = (): Set<string> => new Set(alice.phone.received<TypingView>('typing').map((one) => one.user_id));
  await alice.phone.until(() => writing().size === 2, { what: 'two who type' });
}

/** Marks of either face are the marks of all devices, and the others are told. */
async function read([alice, bob, carol]: [Person, Person, Person], group: string): Promise<void> {
  const head = (await alice.user.api.conversation(group)).last_seq;
  await bob.phone.untilShown(group, head);
  expect(await bob.phone.request('receipt:read', { conversation_id: group, seq: head })).toMatchObject({ ok: true });
  expect(await carol.user.api.read(group, head)).toMatchObject({ read_seq: head, unread_count: 0 });
  const hasRead = (client: ChatClient, { user }: Person): boolean =>
    client
      .received<Receipt>('receipt')
      .some((one) => one.conversation_id === group && one.user_id === user.userId && one.read_seq === head);
  for (const client of [...devicesOf(alice), bob.laptop]) {
    await client.until(() => hasRead(client, bob), { what: 'a receipt of what bob read' });
  }
  await alice.phone.until(() => hasRead(alice.phone, carol), { what: 'a receipt of what carol read' });
}

/** Who is watched is away when the devices say so, and nobody is watched over a block. */
async function watch([alice, bob]: [Person, Person, Person], direct: string): Promise<void> {
  const { userId } = bob.user;
  const watching = await alice.phone.request<{ presence: Presence[] }>('presence:watch', { user_ids: [userId] });
  expect(watching).toMatchObject({ ok: true, presence: [{ user_id: userId, status: 'online' }] });
  for (const client of devicesOf(bob))
    expect(await client.request('presence:set', { status: 'away' })).toEqual({ ok: true });
  await alice.phone.until(() => alice.phone.received<Presence>('presence').some(({ status }) => status === 'away'));
  for (const client of devicesOf(bob)) await client.request('presence:set', { status: 'online' });

  expect((await bob.user.api.request('PUT', `/blocks/${alice.user.userId}`)).status).toBe(204);
  expect(codeOf(await alice.laptop.send(direct, 'hello?'))).toBe('forbidden');
  expect((await alice.user.api.request('GET', `/users/${userId}/presence`)).status).toBe(403);
  expect((await bob.user.api.request('DELETE', `/blocks/${alice.user.userId}`)).status).toBe(204);
  expect(await alice.laptop.send(direct, 'hello again')).toMatchObject({ ok: true });
  const mute = { body: { muted: true, until: '2100-01-01T00:00:00.000Z' } };
  expect((await bob.user.api.request('PUT', `/conversations/${direct}/mute`, mute)).status).toBe(200);
  expect(await bob.user.api.conversation(direct)).toMatchObject({ muted: true });
}

/** The new owner removes somebody who is sending: what was accepted is in, before the removal, and nothing after it. */
async function govern([alice, bob, carol]: [Person, Person, Person], group: string): Promise<void> {
  const member = ({ user }: Person): string => `/groups/${group}/members/${user.userId}`;
  const handOver = { body: { role: 'owner' } };
  expect((await alice.user.api.request('PUT', member(bob), handOver)).status).toBe(200);
  expect((await alice.user.api.request('PUT', member(carol), handOver)).status).toBe(403);

  const sending = range(1, 40).map((n) => carol.laptop.send(group, `still here ${n}`));
  await Promise.any(sending);
  expect((await bob.user.api.request('DELETE', member(carol))).status).toBe(204);
  expect(codeOf(await carol.laptop.send(group, 'and now?'))).toBe('not_found');
  const answers = await Promise.all(sending);
  const history = await bob.user.api.wholeHistory(group);
  const removal = history.find(({ change }) => change === 'member_removed')?.seq ?? 0;
  const accepted = answers.flatMap((answer) => (answer.ok ? [answer.seq] : []));
  expect(accepted.every((seq) => seq < removal)).toBe(true);
  expect(seqsOf(history.filter((one) => one.sender_id === carol.user.userId && one.seq > removal))).toEqual([]);
  await Promise.all(devicesOf(carol).map((client) => client.untilShown(group, removal)));
  await bob.user.api.addMember(group, carol.user.userId);
  expect(await carol.phone.send(group, 'back again')).toMatchObject({ ok: true });
}

describe('The whole surface', () => {
  it('is one product: whatever happens over either face, every device ends with the picture of the history', async () => {
    const people = await threePeople();
    const [alice, bob, carol] = people;
    const { conversation_id: direct } = await alice.user.api.direct(bob.user.userId);
    const members = [bob.user.userId, carol.user.userId];
    const { conversation_id: group } = await alice.user.api.createGroup('Tonight', members);
    await Promise.all(people.flatMap(devicesOf).map((client) => client.untilAcknowledged(group, 1)));
    alice.laptop.disconnect();

    const present: [Person, Person, Person] = [withPhone(alice), bob, carol];
    await talk(present, direct, group);
    await read(present, group);
    await watch(present, direct);
    await expectOnePicture(present.slice(0, 2), direct);
    await govern(people, group);

    await bob.user.api.call('DELETE', '/devices/laptop');
    await bob.laptop.until(() => bob.laptop.closings.length > 0 && !bob.laptop.socket.connected);
    expect(bob.laptop.closings).toMatchObject([{ code: 'revoked', reconnect: false }]);
    await alice.laptop.connect().synced();
    await bob.laptop.connect().synced();
    await expectOnePicture([alice, withPhone(bob)], direct);
    await expectOnePicture([alice, withPhone(bob)], group);
    await vi.waitFor(async () => {
      const inboxes = await Promise.all([alice, bob].map(({ user }) => user.api.inbox()));
      const heads = inboxes.map(({ items }) =>
        items.map((one) => [one.conversation_id, one.last_seq, one.member_count]),
      );
      expect(heads[0]).toEqual(heads[1]);
    }, 2_000);

    expect((await bob.user.api.request('DELETE', `/groups/${group}`)).status).toBe(204);
    const isTold = (client: ChatClient): boolean => client.timeline.of(group).at(-1)?.change === 'deleted';
    const remaining = people.flatMap(devicesOf);
    await Promise.all(remaining.map((client) => client.until(() => isTold(client), { what: 'the deletion' })));
    const answers = await Promise.all(people.map(({ user }) => user.api.request('GET', `/conversations/${group}`)));
    expect(statuses(answers)).toEqual([404, 404, 404]);
    await expectOnePicture([alice, withPhone(bob)], direct);
  });
});
