import type { MessageBatch } from '@parley/contracts';
import { codeOf, type ChatClient } from '@parley/harness';
import { describe, expect, it } from 'vitest';
import { range, seqsOf } from './entries.js';
import { serverUnderTest } from './server-under-test.js';

/** Entries of all batches of a connection, in the order of their coming. */
function batched(client: ChatClient, connection = client.connection): number[] {
  return client.received<MessageBatch>('message:batch', connection).flatMap(({ messages }) => seqsOf(messages));
}

const server = serverUnderTest();

describe('A device that comes back', () => {
  it('has everything it missed, once, in order, and goes on live', async () => {
    const [alice, bob] = await server.users('alice', 'bob');
    const [hers, his] = await Promise.all([alice.online(), bob.online()]);
    const { conversation_id: id } = await alice.api.direct(bob.userId);
    await hers.send(id, 'before');
    await his.untilAcknowledged(id, 2);
    his.disconnect();
    await Promise.all(range(1, 250).map((n) => hers.send(id, `missed ${n}`)));

    his.connect();
    await his.synced();
    await hers.send(id, 'live again');
    await his.untilShown(id, 253);

    expect(seqsOf(his.timeline.of(id))).toEqual(range(1, 253));
    expect(batched(his, 2)).toEqual(range(3, 252));
    expect(his.sync).toMatchObject({ delivered: 250 });
    expect(his.sync?.conversations).toContainEqual({ conversation_id: id, last_seq: 252 });
    expect(his.session).toMatchObject({ device_is_new: false, device_id: 'phone', user_id: bob.userId });
    for (const { messages, after_seq, to_seq } of his.received<MessageBatch>('message:batch', 2)) {
      expect(messages.length).toBeLessThanOrEqual(100);
      expect(seqsOf(messages)).toEqual(range(after_seq + 1, to_seq));
    }
  });

  it('loses and repeats nothing to its user when its transport breaks in the middle of a stream', async () => {
    const [alice, bob] = await server.users('alice', 'bob');
    const [hers, his] = await Promise.all([alice.online(), bob.online()]);
    const { conversation_id: id } = await alice.api.direct(bob.userId);
    for (const n of range(1, 120)) {
      await hers.send(id, `message ${n}`);
      if (n % 40 !== 20) continue;
      await his.synced();
      his.loseTransport();
    }
    await his.untilShown(id, 121);
    expect(his.connection).toBe(4);
    expect(seqsOf(his.timeline.of(id))).toEqual(range(1, 121));
  });

  it('gets its session first, then batches by latest activity, then the end of the sync', async () => {
    const [alice, bob, carol] = await server.users('alice', 'bob', 'carol');
    const one = (await alice.api.direct(bob.userId)).conversation_id;
    const other = (await carol.api.direct(bob.userId)).conversation_id;
    await carol.api.send(other, { type: 'text', text: 'older' });
    await alice.api.send(one, { type: 'text', text: 'newer' });

    const his = await bob.online();
    expect(his.wire.map(({ event }) => event).slice(0, 4)).toEqual([
      'session:ready',
      'message:batch',
      'message:batch',
      'sync:done',
    ]);
    const batches = his.received<MessageBatch>('message:batch');
    expect(batches.map(({ conversation_id }) => conversation_id)).toEqual([one, other]);
    expect(his.sync?.delivered).toBe(4);
  });

  it('gets large entries in batches of at most 64 KiB', async () => {
    const [alice, bob] = await server.users('alice', 'bob');
    const { conversation_id: id } = await alice.api.direct(bob.userId);
    for (const n of range(1, 9)) await alice.api.send(id, { type: 'text', text: `${n}${'x'.repeat(16_000)}` });
    const his = await bob.online();
    const batches = his.received<MessageBatch>('message:batch');
    expect(batched(his)).toEqual(range(1, 10));
    for (const { messages } of batches) expect(JSON.stringify(messages).length).toBeLessThanOrEqual(65_536);
  });

  it('starts a sync later where it says that it holds more, which moves no cursor', async () => {
    const [alice, bob] = await server.users('alice', 'bob');
    const { conversation_id: id } = await alice.api.direct(bob.userId);
    for (const n of range(1, 9)) await alice.api.send(id, { type: 'text', text: `message ${n}` });

    const holding = await bob.online('phone', { acks: 'off', auth: { after_seq: { [id]: 6, 4711: 3 } } });
    expect(batched(holding)).toEqual(range(7, 10));
    holding.disconnect();
    const empty = await bob.online('phone', { acks: 'off' });
    expect(batched(empty)).toEqual(range(1, 10));
  });
});

describe('A device that is seen for the first time', () => {
  it('starts at the first visible entry where no device of its user ever acknowledged', async () => {
    const [alice, bob] = await server.users('alice', 'bob');
    const { conversation_id: id } = await alice.api.direct(bob.userId);
    for (const n of range(1, 5)) await alice.api.send(id, { type: 'text', text: `message ${n}` });
    const his = await bob.online();
    expect(his.session?.device_is_new).toBe(true);
    expect(batched(his)).toEqual(range(1, 6));
  });

  it("starts at its user's delivered watermark, and writes that down at once", async () => {
    const [alice, bob] = await server.users('alice', 'bob');
    const [hers, phone] = await Promise.all([alice.online(), bob.online('phone')]);
    const { conversation_id: id } = await alice.api.direct(bob.userId);
    for (const n of range(1, 5)) await hers.send(id, `message ${n}`);
    await phone.untilAcknowledged(id, 6);
    phone.disconnect();
    for (const n of range(6, 8)) await hers.send(id, `message ${n}`);

    const tablet = await bob.online('tablet', { acks: 'off' });
    expect(tablet.session?.device_is_new).toBe(true);
    expect(batched(tablet)).toEqual([7, 8, 9]);
    tablet.disconnect();
    await phone.connect().untilAcknowledged(id, 9);

    const again = await bob.online('tablet', { acks: 'off' });
    expect(again.session?.device_is_new).toBe(false);
    expect(batched(again)).toEqual([7, 8, 9]);
  });

  it('is told honestly when more lies behind than a sync carries', async () => {
    const [alice, bob] = await server.users('alice', 'bob');
    const hers = await alice.online();
    const { conversation_id: id } = await alice.api.direct(bob.userId);
    for (const from of range(0, 50).map((n) => n * 200)) {
      await Promise.all(range(from + 1, from + 200).map((n) => hers.send(id, `${n}`)));
    }
    const his = bob.device('phone').connect();
    await his.untilShown(id, 10_201, 30_000);
    const [first] = his.received<MessageBatch>('message:batch');
    expect(first).toMatchObject({ skipped: { from_seq: 1, to_seq: 201 } });
    expect(seqsOf(his.timeline.of(id))).toEqual(range(202, 10_201));
  });
});

describe('sync:pull', () => {
  it('answers the entries after a position, in pages, and moves no cursor', async () => {
    const [alice, bob] = await server.users('alice', 'bob');
    const { conversation_id: id } = await alice.api.direct(bob.userId);
    for (const n of range(1, 9)) await alice.api.send(id, { type: 'text', text: `message ${n}` });
    const his = await bob.online('phone', { acks: 'off' });

    const page = await his.pull(id, 2, 4);
    expect(page).toMatchObject({ ok: true, to_seq: 6, has_more: true });
    expect(page.ok && seqsOf(page.messages)).toEqual([3, 4, 5, 6]);
    const last = await his.pull(id, 6, 4);
    expect(last).toMatchObject({ ok: true, to_seq: 10, has_more: false });

    const again = await bob.online('phone', { acks: 'off' });
    expect(batched(again)).toEqual(range(1, 10));
  });

  it('takes a position above the head for the head, so that no client ever loops', async () => {
    const [alice, bob] = await server.users('alice', 'bob');
    const { conversation_id: id } = await alice.api.direct(bob.userId);
    const hers = await alice.online();
    for (const after of [1, 2, 1_000, Number.MAX_SAFE_INTEGER]) {
      expect(await hers.pull(id, after)).toEqual({ ok: true, messages: [], to_seq: 1, has_more: false });
    }
  });

  it('refuses limits outside 1 to 200, negative positions and other types', async () => {
    const [alice, bob] = await server.users('alice', 'bob');
    const { conversation_id: id } = await alice.api.direct(bob.userId);
    const hers = await alice.online();
    for (const [after, limit] of [
      [0, 0],
      [0, 201],
      [-1, 10],
      [0.5, 10],
      ['0', 10],
      [0, null],
    ] as [number, number][]) {
      expect(codeOf(await hers.pull(id, after, limit))).toBe('validation_failed');
    }
    expect(codeOf(await hers.pull('4711', 0))).toBe('not_found');
  });
});

describe('heads', () => {
  it('names the conversations with recent traffic within 20 s', async () => {
    const [alice, bob] = await server.users('alice', 'bob');
    const [hers, his] = await Promise.all([alice.online(), bob.online()]);
    const { conversation_id: id } = await alice.api.direct(bob.userId);
    await hers.send(id, 'traffic');
    await his.untilShown(id, 2);
    await his.until(() => his.received('heads').length > 0, { timeoutMs: 25_000 });
    expect(his.received('heads')).toContainEqual({ positions: { [id]: 2 } });
  });
});
