import type { EntryView, MessageBatch } from '@parley/contracts';
import { codeOf, RAISED_LIMITS, type ChatClient } from '@parley/harness';
import { describe, expect, it } from 'vitest';
import { range, seqsOf } from './entries.js';
import { serverUnderTest } from './server-under-test.js';

const WINDOW = 20;
const ACK_TIMEOUT_MS = 2_500;

/** seqs that came on a connection, in order, live or in batches. */
function arrived(client: ChatClient, connection = client.connection): number[] {
  return client.wire
    .filter((one) => one.connection === connection)
    .flatMap(({ event, payload }) => {
      if (event === 'message:batch') return seqsOf((payload as MessageBatch).messages);
      return /^(message:new|conversation:updated)$/.test(event) ? [(payload as EntryView).seq] : [];
    });
}

describe('The window of a session', () => {
  const server = serverUnderTest({
    ...RAISED_LIMITS,
    WINDOW_ENTRIES: String(WINDOW),
    ACK_TIMEOUT_MS: String(ACK_TIMEOUT_MS),
  });

  it('lets at most so many entries out to a client that does not acknowledge, and ends its session then', async () => {
    const [alice, bob] = await server.users('alice', 'bob');
    const [hers, his] = await Promise.all([alice.online(), bob.online('phone', { acks: 'off' })]);
    const { conversation_id: id } = await alice.api.direct(bob.userId);
    await Promise.all(range(1, 59).map((n) => hers.send(id, `message ${n}`)));
    await his.until(() => his.closings.length > 0, { timeoutMs: 5_000 });

    expect(his.closings[0]).toMatchObject({ code: 'ack_timeout', reconnect: true });
    expect(arrived(his, 1)).toEqual(range(1, WINDOW));
    // The transport was closed: the library comes back by itself, and starts after the cursor again.
    await his.until(() => his.connection === 2 && arrived(his).length === WINDOW);
    expect(arrived(his, 2)).toEqual(range(1, WINDOW));
  });

  it('moves on as acknowledgements arrive', async () => {
    const [alice, bob] = await server.users('alice', 'bob');
    const [hers, his] = await Promise.all([alice.online(), bob.online('phone', { acks: 'off' })]);
    const { conversation_id: id } = await alice.api.direct(bob.userId);
    await Promise.all(range(1, 49).map((n) => hers.send(id, `message ${n}`)));
    for (const end of [20, 40, 50]) {
      await his.until(() => arrived(his, 1).includes(end), { what: `seq ${end}` });
      expect(await his.ack({ [id]: end })).toEqual({ ok: true });
    }
    expect(arrived(his, 1)).toEqual(range(1, 50));
  });

  it('is counted over all conversations', async () => {
    const [alice, bob, carol] = await server.users('alice', 'bob', 'carol');
    const his = await bob.online('phone', { acks: 'off' });
    for (const peer of [alice, carol]) {
      const { conversation_id: id } = await peer.api.direct(bob.userId);
      for (const n of range(1, 19)) await peer.api.send(id, { type: 'text', text: `message ${n}` });
    }
    await his.until(() => his.closings.length > 0, { timeoutMs: 5_000 });
    expect(arrived(his, 1).length).toBeLessThanOrEqual(WINDOW);
  });

  it('never stands in the way of a client that acknowledges', async () => {
    const [alice, bob] = await server.users('alice', 'bob');
    const [hers, his] = await Promise.all([alice.online(), bob.online()]);
    const { conversation_id: id } = await alice.api.direct(bob.userId);
    await Promise.all(range(1, 299).map((n) => hers.send(id, `message ${n}`)));
    await Promise.all([hers, his].map((client) => client.untilShown(id, 300)));
    expect(seqsOf(his.timeline.of(id))).toEqual(range(1, 300));
    expect([hers.connection, his.connection]).toEqual([1, 1]);
  });

  it('does not end a session with nothing outstanding', async () => {
    const [alice, bob] = await server.users('alice', 'bob');
    const his = await bob.online('phone', { acks: 'off' });
    const { conversation_id: id } = await alice.api.direct(bob.userId);
    await his.untilShown(id, 1);
    await his.ack({ [id]: 1 });
    await new Promise((resolve) => setTimeout(resolve, 2 * ACK_TIMEOUT_MS));
    expect([his.connection, his.closings]).toEqual([1, []]);
  });
});

describe('message:ack', () => {
  const server = serverUnderTest();

  it('is all or nothing: one position above what was sent moves none', async () => {
    const [alice, bob, carol] = await server.users('alice', 'bob', 'carol');
    const his = await bob.online('phone', { acks: 'off' });
    const one = (await alice.api.direct(bob.userId)).conversation_id;
    const other = (await carol.api.direct(bob.userId)).conversation_id;
    await alice.api.send(one, { type: 'text', text: 'hello' });
    await Promise.all([his.untilShown(one, 2), his.untilShown(other, 1)]);

    expect(codeOf(await his.ack({ [one]: 2, [other]: 2 }))).toBe('validation_failed');
    expect(codeOf(await his.ack({ [one]: 2, x: 1 }))).toBe('validation_failed');
    const again = await bob.online('phone', { acks: 'off' });
    expect(arrived(again).toSorted((a, b) => a - b)).toEqual([1, 1, 2]);
  });

  it('refuses what this session was never sent: foreign and absent conversations alike', async () => {
    const [alice, bob, eve] = await server.users('alice', 'bob', 'eve');
    const evil = await eve.online();
    const { conversation_id: id } = await alice.api.direct(bob.userId);
    expect(codeOf(await evil.ack({ [id]: 1 }))).toBe('validation_failed');
    expect(codeOf(await evil.ack({ 4711: 1 }))).toBe('validation_failed');
    expect(await evil.ack({ [id]: 0, 4711: 0 })).toEqual({ ok: true });
  });

  it('refuses malformed positions and more than a thousand', async () => {
    const [alice] = await server.users('alice');
    const hers = await alice.online();
    const many = Object.fromEntries(range(1, 1_001).map((n) => [String(n), 0]));
    for (const positions of [{ 12: -1 }, { 12: 1.5 }, { 12: '1' }, { 12: null }, { '012': 0 }, many, [], null, 'x']) {
      expect(codeOf(await hers.request('message:ack', { positions }))).toBe('validation_failed');
    }
    expect(await hers.ack({})).toEqual({ ok: true });
  });

  it('takes lower and equal positions without an effect', async () => {
    const [alice, bob] = await server.users('alice', 'bob');
    const his = await bob.online('phone', { acks: 'off' });
    const { conversation_id: id } = await alice.api.direct(bob.userId);
    for (const n of range(1, 4)) await alice.api.send(id, { type: 'text', text: `message ${n}` });
    await his.untilShown(id, 5);
    for (const seq of [4, 4, 2, 0]) expect(await his.ack({ [id]: seq })).toEqual({ ok: true });
    const again = await bob.online('phone', { acks: 'off' });
    expect(arrived(again)).toEqual([5]);
  });

  it('keeps what was acknowledged over a clean goodbye and over a loss of the transport', async () => {
    const [alice, bob] = await server.users('alice', 'bob');
    const his = await bob.online('phone', { acks: 'off' });
    const { conversation_id: id } = await alice.api.direct(bob.userId);
    for (const n of range(1, 4)) await alice.api.send(id, { type: 'text', text: `message ${n}` });
    await his.untilShown(id, 5);
    await his.ack({ [id]: 2 });
    his.loseTransport();
    await his.until(() => his.connection === 2 && his.sync !== null);
    expect(arrived(his, 2)).toEqual([3, 4, 5]);
    await his.ack({ [id]: 3 });
    his.disconnect();
    await his.connect().synced();
    expect(arrived(his, 3)).toEqual([4, 5]);
  });
});
