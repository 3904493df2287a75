import { randomUUID } from 'node:crypto';
import type { EntryView } from '@parley/contracts';
import { codeOf, type Answer, type ChatClient, type Sent, type TestUser } from '@parley/harness';
import { describe, expect, it, vi } from 'vitest';
import { range } from './entries.js';
import { bySocket, byRest, type Target } from './message-changes.js';
import { newestStates, pictureOf } from './pictures.js';
import { serverUnderTest } from './server-under-test.js';

const REFUSED = { status: 400, code: 'validation_failed', faults: ['emoji'] };

const server = serverUnderTest();

/** Sends a message and answers how to name it. */
async function said(client: ChatClient, conversationId: string, words: string): Promise<Target> {
  const sent = await client.send(conversationId, words);
  if (!sent.ok) throw new Error(sent.error.code);
  return { conversation_id: conversationId, target_id: sent.message_id };
}

async function inHistory(user: TestUser, { conversation_id, target_id }: Target): Promise<EntryView | undefined> {
  return (await user.api.wholeHistory(conversation_id)).find((entry) => entry.message_id === target_id);
}

/** alice and bob in a direct conversation, both online. */
async function two() {
  const [alice, bob] = await server.users('alice', 'bob');
  const [hers, his] = await Promise.all([alice.online(), bob.online()]);
  const { conversation_id: id } = await alice.api.direct(bob.userId);
  return { alice, bob, hers, his, id };
}

describe('A message that changes', () => {
  it('is an entry of the sequence for each change, live at everybody and readable at once', async () => {
    const { alice, bob, hers, his, id } = await two();
    const target = await said(hers, id, 'helo');
    const edited = await bySocket.edit(hers, target, 'hello');
    const reacted = await bySocket.react(his, target, '👋');
    expect(edited).toMatchObject({ ok: true, seq: 3 });
    expect(reacted).toMatchObject({ ok: true, seq: 4 });
    expect(await inHistory(bob, target)).toMatchObject({
      content: { type: 'text', text: 'hello' },
      edited_at: edited.ok && edited.sent_at,
      deleted_at: null,
      reactions: [{ emoji: '👋', user_ids: [bob.userId] }],
    });
    const deleted = await bySocket.delete(hers, target);
    expect(deleted).toMatchObject({ ok: true, seq: 5 });
    expect(await inHistory(alice, target)).toMatchObject({ content: null, deleted_at: deleted.ok && deleted.sent_at });

    await Promise.all([hers.untilShown(id, 5), his.untilShown(id, 5)]);
    expect(his.timeline.of(id)).toEqual(hers.timeline.of(id));
    const { target_id } = target;
    expect(his.received('message:edit')).toMatchObject([{ seq: 3, target_id, content: { text: 'hello' } }]);
    expect(his.received('message:react')).toMatchObject([{ seq: 4, target_id, emoji: '👋', op: 'add' }]);
    expect(hers.received('message:delete')).toMatchObject([{ seq: 5, target_id, sender_id: alice.userId }]);
  });

  it('does the same by REST: 201 the first time, 200 after that', async () => {
    const { alice, bob, his, id } = await two();
    const target = await said(his, id, 'his');
    const key = randomUUID();
    const answers = [
      await byRest.react(alice, target, '👍', 'add', key),
      await byRest.react(alice, target, '👍', 'add', key),
      await byRest.react(alice, target, '👍', 'remove'),
      await byRest.edit(bob, target, 'changed'),
      await byRest.delete(bob, target),
    ];
    expect(answers.map(({ status }) => status)).toEqual([201, 200, 201, 201, 201]);
    expect(answers.map(({ body }) => body.seq)).toEqual([3, 3, 4, 5, 6]);
    expect(answers[1].body).toEqual(answers[0].body);
    expect(await inHistory(alice, target)).toMatchObject({ content: null, reactions: [] });
  });

  it('counts for nothing in unread and order, but shows in the inbox as it is now', async () => {
    const { bob, hers, id } = await two();
    const target = await said(hers, id, 'one unread message');
    await bySocket.edit(hers, target, 'still one');
    await bySocket.react(hers, target, '🎉');
    await vi.waitFor(async () => {
      expect(await bob.api.conversation(id)).toMatchObject({
        last_seq: 4,
        unread_count: 1,
        last_message: { seq: 2, content: { text: 'still one' }, reactions: [{ emoji: '🎉' }] },
      });
    }, 2_000);
    await bySocket.delete(hers, target);
    await vi.waitFor(async () => {
      expect(await bob.api.conversation(id)).toMatchObject({
        last_seq: 5,
        unread_count: 1,
        last_message: { content: null },
      });
    }, 2_000);
  });

  it('looks the same on every device after a storm of changes, on one that was away too', async () => {
    const [alice, bob, carol] = await server.users('alice', 'bob', 'carol');
    const people = [alice, bob, carol];
    const { conversation_id: id } = await alice.api.createGroup('Storm', [bob.userId, carol.userId]);
    const phones = await Promise.all(people.map((person) => person.online('phone')));
    const laptop = await bob.online('laptop');
    const targets = await Promise.all(
      range(1, 9).map(async (n) => ({ by: n % 3, ...(await said(phones[n % 3], id, `message ${n}`)) })),
    );
    await laptop.untilAcknowledged(id, 10);
    laptop.disconnect();

    const one = async (n: number): Promise<void> => {
      const { by, ...target } = targets[(n * 7) % targets.length];
      const [client, person, author] = [phones[n % 3], people[n % 3], people[by]];
      const [emoji, op] = [n % 2 ? '👍' : '🎉', n % 5 < 3 ? 'add' : 'remove'] as const;
      if (n % 4 === 0) await bySocket.edit(phones[by], target, `as of ${n}`);
      else if (n % 29 === 3) await byRest.delete(author, target);
      else if (n % 3 === 0) await byRest.react(person, target, emoji, op);
      else await bySocket.react(client, target, emoji, op);
    };
    await Promise.all(range(1, 120).map(one));
    const history = await alice.api.wholeHistory(id);
    const head = history.at(-1)?.seq ?? 0;
    laptop.connect();
    await Promise.all([...phones, laptop].map((client) => client.untilShown(id, head)));

    const expected = newestStates(history);
    expect(Object.values(expected).filter(({ deleted }) => deleted).length).toBeGreaterThan(0);
    expect(Object.values(expected).flatMap(({ reactions }) => reactions).length).toBeGreaterThan(0);
    expect(pictureOf(history)).toEqual(expected);
    for (const client of [...phones, laptop]) expect(pictureOf(client.timeline.of(id))).toEqual(expected);
  });
});

describe('A change that is repeated', () => {
  it('is one entry when copies come at the same moment over sockets and REST', async () => {
    const { alice, hers, id } = await two();
    const laptop = await alice.online('laptop');
    const target = await said(hers, id, 'once');
    const [edit, react, remove] = [randomUUID(), randomUUID(), randomUUID()];
    const copies = async (copy: () => Promise<Answer<Sent> | { body: { seq: number } }>[]): Promise<unknown[]> =>
      (await Promise.all(range(1, 4).flatMap(copy))).map((answer) =>
        'body' in answer ? answer.body.seq : answer.ok && answer.seq,
      );
    const seqs = [
      await copies(() => [
        bySocket.edit(hers, target, 'twice', edit),
        bySocket.edit(laptop, target, 'twice', edit.toUpperCase()),
        byRest.edit(alice, target, 'twice', edit),
      ]),
      await copies(() => [
        bySocket.react(hers, target, '👍', 'add', react),
        byRest.react(alice, target, '👍', 'add', react),
      ]),
      await copies(() => [bySocket.delete(laptop, target, remove), byRest.delete(alice, target, remove)]),
    ];
    expect(seqs.map((each) => [...new Set(each)])).toEqual([[3], [4], [5]]);
    expect((await alice.api.conversation(id)).last_seq).toBe(5);
  });

  it('is a conflict with anything else under its key, be it another target, a send or the opposite', async () => {
    const { hers, id } = await two();
    const [target, other] = [await said(hers, id, 'one'), await said(hers, id, 'two')];
    const key = randomUUID();
    expect(await bySocket.react(hers, target, '👍', 'add', key)).toMatchObject({ ok: true, seq: 4 });
    const attempts = [
      await bySocket.react(hers, target, '👍', 'remove', key),
      await bySocket.react(hers, target, '🎉', 'add', key),
      await bySocket.react(hers, other, '👍', 'add', key),
      await bySocket.edit(hers, target, 'three', key),
      await bySocket.delete(hers, target, key),
      await hers.send(id, 'four', { client_msg_id: key }),
    ];
    expect(attempts.map(codeOf)).toEqual(attempts.map(() => 'conflict'));
    expect(await bySocket.react(hers, target, '👍', 'add', key)).toMatchObject({ ok: true, seq: 4 });
  });

  it('still gets its answer when the message is gone by then; under a new key it finds nothing', async () => {
    const { bob, hers, his, id } = await two();
    const target = await said(hers, id, 'short-lived');
    const [edit, remove] = [randomUUID(), randomUUID()];
    const edited = await bySocket.edit(hers, target, 'edited', edit);
    const deleted = await bySocket.delete(hers, target, remove);
    expect(await bySocket.edit(hers, target, 'edited', edit)).toEqual(edited);
    expect(await bySocket.delete(hers, target, remove)).toEqual(deleted);
    const late = [
      await bySocket.edit(hers, target, 'late'),
      await bySocket.delete(hers, target),
      await bySocket.react(his, target, '👍'),
    ];
    expect(late.map(codeOf)).toEqual(['not_found', 'not_found', 'not_found']);
    expect((await byRest.react(bob, target, '👍', 'remove')).status).toBe(404);
  });
});

describe('The right to change a message', () => {
  it('is the author’s; a group’s owner and admins may delete any, everybody may react', async () => {
    const [alice, bob, carol, dave] = await server.users('alice', 'bob', 'carol', 'dave');
    const { conversation_id: id } = await alice.api.createGroup('Rights', [bob.userId, carol.userId]);
    const [hers, his, carols] = await Promise.all([alice.online(), bob.online(), carol.online()]);
    const [first, second] = [await said(his, id, 'first'), await said(hers, id, 'second')];
    const attempts = [
      await bySocket.edit(hers, first, 'not mine'),
      await bySocket.edit(carols, first, 'not mine'),
      await bySocket.delete(carols, first),
      await bySocket.delete(his, second),
    ];
    expect(attempts.map(codeOf)).toEqual(attempts.map(() => 'forbidden'));
    expect((await byRest.edit(alice, first, 'not mine')).status).toBe(403);
    const strangers = [
      await byRest.edit(dave, first, 'x'),
      await byRest.delete(dave, first),
      await byRest.react(dave, first, '👍'),
    ];
    expect(strangers.map(({ status }) => status)).toEqual([404, 404, 404]);
    expect(await bySocket.react(carols, first, '👍')).toMatchObject({ ok: true });
    expect(await bySocket.delete(hers, first)).toMatchObject({ ok: true });
  });

  it('in a direct conversation is the author’s alone', async () => {
    const { alice, his, id } = await two();
    const target = await said(his, id, 'his');
    expect((await byRest.delete(alice, target)).status).toBe(403);
  });

  it('ends where sight ends: what was said before one joined, by nobody, or elsewhere, is not there', async () => {
    const [alice, bob] = await server.users('alice', 'bob');
    const { conversation_id: id } = await alice.api.createGroup('Before');
    const { conversation_id: elsewhere } = await alice.api.createGroup('Elsewhere');
    const [hers, his] = await Promise.all([alice.online(), bob.online()]);
    const [before, other] = [await said(hers, id, 'before'), await said(hers, elsewhere, 'other')];
    await alice.api.addMember(id, bob.userId);
    const attempts = [
      await bySocket.react(his, before, '👍'),
      await bySocket.edit(his, before, 'x'),
      await bySocket.delete(his, before),
      await bySocket.react(hers, { ...before, target_id: '4711' }, '👍'),
      await bySocket.delete(hers, { ...other, conversation_id: id }),
    ];
    expect(attempts.map(codeOf)).toEqual(attempts.map(() => 'not_found'));
    const edit = await bySocket.edit(hers, before, 'edited');
    const anEdit = { conversation_id: id, target_id: edit.ok ? edit.message_id : '' };
    expect(codeOf(await bySocket.delete(hers, anEdit))).toBe('not_found');
  });
});

describe('Reactions', () => {
  it('stand once however often they are given, and go once however often they are taken back', async () => {
    const { alice, bob, hers, his, id } = await two();
    const target = await said(hers, id, 'well?');
    const reactions = async () => (await inHistory(alice, target))?.reactions;
    await bySocket.react(his, target, '👍');
    await bySocket.react(hers, target, '🎉');
    await bySocket.react(hers, target, '👍');
    const all = [
      { emoji: '👍', user_ids: [alice.userId, bob.userId].toSorted() },
      { emoji: '🎉', user_ids: [alice.userId] },
    ];
    expect(await reactions()).toEqual(all);
    expect(await bySocket.react(his, target, '👍')).toMatchObject({ ok: true });
    expect(await reactions()).toEqual(all);
    for (const attempt of range(1, 2)) {
      const takenBack = await bySocket.react(hers, target, '🎉', 'remove');
      expect({ attempt, ...takenBack, shown: await reactions() }).toMatchObject({
        attempt,
        ok: true,
        shown: all.slice(0, 1),
      });
    }
    expect(await bySocket.react(his, target, '💤', 'remove')).toMatchObject({ ok: true });
    expect(await reactions()).toEqual(all.slice(0, 1));
  });

  it('are any text of up to 32 bytes, the same text in path, event and history', async () => {
    const { alice, hers, id } = await two();
    const target = await said(hers, id, 'anything');
    const emoji = ['👨‍👩‍👧‍👦', ':tada:', 'a/b', '100%', '+1 ', '?x=1#y', 'é', 'e\u0301'];
    const statuses: number[] = [];
    for (const one of emoji) statuses.push((await byRest.react(alice, target, one)).status);
    expect(statuses).toEqual(emoji.map(() => 201));
    expect((await inHistory(alice, target))?.reactions?.map((reaction) => reaction.emoji)).toEqual(emoji);
    for (const one of ['x'.repeat(33), '\u0000', 'a\nb', '\u0085']) {
      const { status, body } = await byRest.react(alice, target, one);
      const faults = body.errors?.map(({ path }) => path);
      expect({ one, status, code: body.code, faults }).toEqual({ one, ...REFUSED });
    }
  });

  it('come in at most 64 kinds a message; the next one is a conflict, those it has had are not', async () => {
    const { hers, his, id } = await two();
    const target = await said(hers, id, 'colourful');
    const given = await Promise.all(range(1, 64).map((n) => bySocket.react(hers, target, `emoji-${n}`)));
    expect(given.every(({ ok }) => ok)).toBe(true);
    expect(codeOf(await bySocket.react(his, target, 'emoji-65'))).toBe('conflict');
    expect(await bySocket.react(his, target, 'emoji-64')).toMatchObject({ ok: true });
  });
});
