import type { Receipt } from '@parley/contracts';
import { codeOf, type ChatClient, type TestUser } from '@parley/harness';
import { describe, expect, it, vi } from 'vitest';
import { range } from './entries.js';
import { serverUnderTest } from './server-under-test.js';

const server = serverUnderTest();
const SOON = { timeoutMs: 4_000 };

/** Receipts of a user in a conversation, as they came to a client. */
const receiptsOf = (client: ChatClient, id: string, { userId }: TestUser): Receipt[] =>
  client.received<Receipt>('receipt').filter((one) => one.conversation_id === id && one.user_id === userId);

/** Waits for the receipt with these marks. */
function untilReceipt(client: ChatClient, id: string, user: TestUser, marks: Partial<Receipt>): Promise<void> {
  const fits = (one: Receipt): boolean =>
    Object.entries(marks).every(([name, seq]) => one[name as keyof Receipt] === seq);
  const what = `a receipt of ${user.handle} with ${JSON.stringify(marks)}`;
  return client.until(() => receiptsOf(client, id, user).some(fits), { ...SOON, what });
}

function expectToRise(receipts: readonly Receipt[]): void {
  for (const [index, receipt] of receipts.slice(1).entries()) {
    expect(receipt.delivered_seq).toBeGreaterThanOrEqual(receipts[index].delivered_seq);
    expect(receipt.read_seq).toBeGreaterThanOrEqual(receipts[index].read_seq);
  }
}

const read = (client: ChatClient, conversation_id: string, seq: number) =>
  client.request<{ read_seq: number; unread_count: number }>('receipt:read', { conversation_id, seq });

describe('receipt:read', () => {
  it('answers with the mark and the unread count, which every device and the inbox have, too', async () => {
    const [alice, bob] = await server.users('alice', 'bob');
    const { conversation_id: id } = await alice.api.direct(bob.userId);
    const [phone, laptop] = [await bob.online('phone'), await bob.online('laptop')];
    for (const n of range(1, 4)) await alice.api.send(id, { type: 'text', text: `message ${n}` });
    await phone.untilShown(id, 5);
    expect(await read(phone, id, 3)).toEqual({ ok: true, read_seq: 3, unread_count: 2 });
    expect(await read(laptop, id, 3)).toEqual({ ok: true, read_seq: 3, unread_count: 2 });
    expect(await read(laptop, id, 1)).toEqual({ ok: true, read_seq: 3, unread_count: 2 });
    await vi.waitFor(async () => {
      expect(await bob.api.conversation(id)).toMatchObject({ read_seq: 3, unread_count: 2 });
    }, 2_000);
    expect(codeOf(await read(phone, id, 6))).toBe('validation_failed');
  });

  it('is for members', async () => {
    const [alice, bob, mallory] = await server.users('alice', 'bob', 'mallory');
    const { conversation_id: id } = await alice.api.createGroup('Ours', [bob.userId, mallory.userId]);
    const hers = await mallory.online();
    expect(codeOf(await read(hers, '4711', 1))).toBe('not_found');
    await alice.api.removeMember(id, mallory.userId);
    expect(codeOf(await read(hers, id, 1))).toBe('not_found');
  });
});

describe('A receipt', () => {
  it('tells the other member what was delivered and what was read, and the other devices of the reader', async () => {
    const [alice, bob] = await server.users('alice', 'bob');
    const { conversation_id: id } = await alice.api.direct(bob.userId);
    const [hers, phone, laptop] = [await alice.online(), await bob.online('phone'), await bob.online('laptop')];
    const { seq } = await alice.api.send(id, { type: 'text', text: 'hello' });
    await untilReceipt(hers, id, bob, { delivered_seq: seq, read_seq: 0 });
    await read(phone, id, seq);
    await Promise.all([hers, laptop].map((client) => untilReceipt(client, id, bob, { read_seq: seq })));
    expect(receiptsOf(hers, id, bob).at(-1)).toEqual({
      ...{ conversation_id: id, user_id: bob.userId },
      ...{ delivered_seq: seq, read_seq: seq },
    });
    [hers, phone, laptop].forEach((client) => expectToRise(receiptsOf(client, id, bob)));
  });

  it('follows a mark that was raised over REST on all devices', async () => {
    const [alice, bob] = await server.users('alice', 'bob');
    const { conversation_id: id } = await alice.api.direct(bob.userId);
    const [hers, phone] = [await alice.online(), await bob.online('phone', { acks: 'off' })];
    const { seq } = await alice.api.send(id, { type: 'text', text: 'hello' });
    await bob.api.read(id, seq);
    const marks = { read_seq: seq, delivered_seq: 0 };
    await Promise.all([hers, phone].map((client) => untilReceipt(client, id, bob, marks)));
  });

  it('follows an own send, which moves the read mark and not what was delivered', async () => {
    const [alice, bob] = await server.users('alice', 'bob');
    const { conversation_id: id } = await alice.api.direct(bob.userId);
    const [hers, his, laptop] = [
      await alice.online('phone', { acks: 'off' }),
      await bob.online(),
      await alice.online('laptop', { acks: 'off' }),
    ];
    const sent = await hers.send(id, 'one');
    const marks = { read_seq: sent.ok ? sent.seq : -1, delivered_seq: 0 };
    await Promise.all([his, laptop].map((client) => untilReceipt(client, id, alice, marks)));
    const { seq } = await alice.api.send(id, { type: 'text', text: 'two' });
    await untilReceipt(his, id, alice, { read_seq: seq, delivered_seq: 0 });
    expect(await alice.api.conversation(id)).toMatchObject({ read_seq: seq, delivered_seq: 0, unread_count: 0 });
  });

  it('says of several devices what the foremost has got', async () => {
    const [alice, bob] = await server.users('alice', 'bob');
    const { conversation_id: id } = await alice.api.direct(bob.userId);
    const [hers, phone, laptop] = [
      await alice.online(),
      await bob.online('phone', { acks: 'off' }),
      await bob.online('laptop', { acks: 'off' }),
    ];
    for (const n of range(1, 6)) await alice.api.send(id, { type: 'text', text: `message ${n}` });
    await Promise.all([phone, laptop].map((client) => client.untilShown(id, 7)));
    await phone.ack({ [id]: 6 });
    await untilReceipt(hers, id, bob, { delivered_seq: 6 });
    for (const seq of range(1, 5)) await laptop.ack({ [id]: seq });
    await laptop.ack({ [id]: 7 });
    await untilReceipt(hers, id, bob, { delivered_seq: 7 });
    expect(new Set(receiptsOf(hers, id, bob).map((one) => one.delivered_seq))).toEqual(new Set([6, 7]));
    await untilReceipt(phone, id, bob, { delivered_seq: 7 });
  });

  it('comes at most once a second for a burst, and ends with the last state', async () => {
    const [alice, bob] = await server.users('alice', 'bob');
    const { conversation_id: id } = await alice.api.direct(bob.userId);
    const [hers, phone, laptop] = [
      await alice.online(),
      await bob.online('phone', { acks: 'off' }),
      await bob.online('laptop', { acks: 'off' }),
    ];
    await Promise.all(range(1, 150).map((n) => hers.send(id, `message ${n}`)));
    await Promise.all([phone, laptop].map((client) => client.untilShown(id, 151)));
    await Promise.all(range(1, 151).flatMap((seq) => [phone, laptop].map((client) => client.ack({ [id]: seq }))));
    await untilReceipt(hers, id, bob, { delivered_seq: 151 });
    const came = hers.wire.filter(
      ({ event, payload }) => event === 'receipt' && (payload as Receipt).user_id === bob.userId,
    );
    expectToRise(came.map(({ payload }) => payload as Receipt));
    for (const [index, { at }] of came.slice(1).entries()) expect(at - came[index].at).toBeGreaterThan(900);
  });

  it('reaches the members of a group of 32, and in one of 33 only the devices of the reader', async () => {
    const [alice, bob, ...others] = await server.users(...range(1, 33).map((n) => `member${n}`));
    const { conversation_id: id } = await alice.api.createGroup(
      'Many',
      [bob, ...others].map(({ userId }) => userId).slice(0, 31),
    );
    const [hers, phone, laptop] = [await alice.online(), await bob.online('phone'), await bob.online('laptop')];
    const { seq } = await alice.api.send(id, { type: 'text', text: 'hello' });
    await phone.untilShown(id, seq);
    await read(phone, id, seq);
    await Promise.all([hers, laptop].map((client) => untilReceipt(client, id, bob, { read_seq: seq })));
    await alice.api.addMember(id, others[30].userId);
    const { seq: next } = await alice.api.send(id, { type: 'text', text: 'more' });
    await phone.untilShown(id, next);
    await read(phone, id, next);
    await untilReceipt(laptop, id, bob, { read_seq: next });
    expect(receiptsOf(hers, id, bob).filter(({ read_seq }) => read_seq > seq)).toEqual([]);
  });

  it('passes no block in a direct conversation, and does in a group', async () => {
    const [alice, bob] = await server.users('alice', 'bob');
    const { conversation_id: direct } = await alice.api.direct(bob.userId);
    const { conversation_id: group } = await alice.api.createGroup('Both', [bob.userId]);
    const [hers, phone, laptop] = [await alice.online(), await bob.online('phone'), await bob.online('laptop')];
    for (const id of [direct, group]) await alice.api.send(id, { type: 'text', text: 'hello' });
    await Promise.all([direct, group].map((id) => untilReceipt(hers, id, bob, { delivered_seq: 2 })));
    await bob.api.call('PUT', `/blocks/${alice.userId}`);
    for (const id of [direct, group]) await read(phone, id, 2);
    await Promise.all([direct, group].map((id) => untilReceipt(laptop, id, bob, { read_seq: 2 })));
    await untilReceipt(hers, group, bob, { read_seq: 2 });
    expect(receiptsOf(hers, direct, bob).filter(({ read_seq }) => read_seq > 0)).toEqual([]);
  });

  it('tells a former member nothing, and nobody of a former member', async () => {
    const [alice, bob, carol] = await server.users('alice', 'bob', 'carol');
    const { conversation_id: id } = await alice.api.createGroup('Three', [bob.userId, carol.userId]);
    const [hers, his, carols] = [
      await alice.online(),
      await bob.online(),
      await carol.online('phone', { acks: 'off' }),
    ];
    await carols.untilShown(id, 1);
    await alice.api.removeMember(id, carol.userId);
    await carols.untilShown(id, 2);
    await carols.ack({ [id]: 2 });
    const { seq } = await alice.api.send(id, { type: 'text', text: 'hello' });
    await his.untilShown(id, seq);
    await read(his, id, seq);
    await untilReceipt(hers, id, bob, { read_seq: seq, delivered_seq: seq });
    expect(receiptsOf(carols, id, bob).filter(({ delivered_seq }) => delivered_seq >= seq)).toEqual([]);
    expect(receiptsOf(hers, id, carol).filter(({ delivered_seq }) => delivered_seq >= 2)).toEqual([]);
  });
});
