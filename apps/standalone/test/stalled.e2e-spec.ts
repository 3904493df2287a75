import { setTimeout as sleep } from 'node:timers/promises';
import type { MessageBatch, SessionClosed } from '@parley/contracts';
import { monotonicMs, RAISED_LIMITS, RawClient, type ChatClient, type TestUser } from '@parley/harness';
import { describe, expect, it, vi } from 'vitest';
import { range, seqsOf } from './entries.js';
import { HELD_MEMORY, heldMemoryOf } from './held-memory.js';
import { openSessions } from './open-sessions.js';
import { standaloneUnderTest } from './server-under-test.js';

const PEOPLE = 20;
const DEVICES = 10;
const ACK_TIMEOUT_MS = 8_000;
/** 90 of them for each device, were they queued, would be 70 MB. */
const TEXT = 'x'.repeat(4_000);
const MOST_ATTEMPTS = 5;
const MOST_HELD_BYTES = 64 * 1024 * 1024;

/** seqs that came in batches, in order. */
function arrived(client: ChatClient): number[] {
  return client.wire.flatMap(({ event, payload }) => {
    return event === 'message:batch' ? seqsOf((payload as MessageBatch).messages) : [];
  });
}

describe('Clients that stop reading', () => {
  const server = standaloneUnderTest({ ...RAISED_LIMITS, ...HELD_MEMORY, ACK_TIMEOUT_MS: String(ACK_TIMEOUT_MS) });

  /** One after another, 20 a second; resolves to how long each took from the send to the other's screen, ascending. */
  const chat = async (from: ChatClient, to: ChatClient, id: string, count: number): Promise<number[]> => {
    const times: number[] = [];
    for (let sent = 0; sent < count; sent++) {
      const begun = monotonicMs();
      const answer = await from.send(id, TEXT);
      if (!answer.ok) throw new Error(answer.error.code);
      await to.untilShown(id, answer.seq);
      const took = monotonicMs() - begun;
      times.push(took);
      await sleep(Math.max(0, 50 - took));
    }
    return times.toSorted((a, b) => a - b);
  };
  const quantile = (times: readonly number[], share: number): number => times[Math.floor(times.length * share)];

  /** A handshake that takes the server too long is tried again, as client libraries do. */
  const opensSession = async (auth: Record<string, unknown>): Promise<RawClient> => {
    for (let attempt = 1; attempt < MOST_ATTEMPTS; attempt++) {
      const client = await RawClient.session(server.url, auth).catch(() => null);
      if (client) return client;
    }
    return RawClient.session(server.url, auth);
  };

  const stalledDevices = async (people: readonly TestUser[]): Promise<RawClient[]> => {
    const opened: RawClient[] = [];
    // Not all at once: a storm of handshakes is another test's affair.
    for (const device_id of range(1, DEVICES).map((n) => `device-${n}`)) {
      const auths = people.map(({ api }) => ({ token: api.accessToken, device_id, protocol: 1 }));
      opened.push(...(await Promise.all(auths.map(opensSession))));
    }
    for (const { socket } of opened) socket.pause();
    return opened;
  };

  it(
    'cost little, do not slow others down, are ended in time, and miss nothing when they come back',
    { timeout: 120_000 },
    async () => {
      const [alice, bob, ...others] = await server.users('alice', 'bob', ...range(1, PEOPLE).map((n) => `reader${n}`));
      const [hers, his] = await Promise.all([alice.online(), bob.online()]);
      const { conversation_id: id } = await alice.api.createGroup(
        'Busy',
        [bob, ...others].map(({ userId }) => userId),
      );
      // Elsewhere: the windows of the others shall be empty when they stall.
      const before = await chat(hers, his, (await alice.api.createGroup('Two', [bob.userId])).conversation_id, 60);
      const heldBefore = await heldMemoryOf(server.running);

      const stalled = await stalledDevices(others);
      const read = stalled.map(({ frames }) => frames.length);
      const during = await chat(hers, his, id, 90);
      const held = (await heldMemoryOf(server.running)) - heldBefore;
      // Their windows were full by the middle of that.
      await vi.waitFor(async () => expect(await openSessions(server.running)).toBe(2), {
        timeout: ACK_TIMEOUT_MS + 5_000,
        interval: 250,
      });
      for (const { socket } of stalled) socket.resume();
      await Promise.all(stalled.map((client) => client.untilClosed()));
      const ends = stalled.flatMap((client) => client.events('session:closed') as SessionClosed[]);
      expect(ends).toHaveLength(PEOPLE * DEVICES);
      for (const { code } of ends) expect(['ack_timeout', 'slow_consumer']).toContain(code);
      // What the network held of it has come by now.
      const onTheWay = stalled.flatMap(({ frames }, index) => frames.slice(read[index]));
      const bytes = onTheWay.reduce((sum, frame) => sum + frame.length, 0);
      expect(held + bytes).toBeLessThan(MOST_HELD_BYTES);
      expect(bytes).toBeGreaterThan(stalled.length * 64 * 1024);

      // A busy machine makes both slow: only what the stalled ones add counts.
      expect(quantile(during, 0.5)).toBeLessThan(3 * quantile(before, 0.5) + 20);
      expect(quantile(during, 0.95)).toBeLessThan(3 * quantile(before, 0.95) + 100);

      const head = his.timeline.position(id) ?? 0;
      for (const n of range(1, DEVICES)) {
        const back = others.map((person) => person.device(`device-${n}`).connect());
        await Promise.all(back.map((client) => client.untilShown(id, head, 30_000)));
        for (const client of back) expect(arrived(client)).toEqual(range(1, head));
        for (const client of back) client.disconnect();
      }
    },
  );
});
