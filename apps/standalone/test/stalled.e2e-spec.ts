import { setTimeout as sleep } from 'node:timers/promises';
import type { MessageBatch, SessionClosed } from '@parley/contracts';
import { monotonicMs, RAISED_LIMITS, RawClient, type ChatClient, type TestUser } from '@parley/harness';
import { describe, expect, it, vi } from 'vitest';
import { range, seqsOf } from './entries.js';
import { standaloneUnderTest } from './server-under-test.js';

const PEOPLE = 20;
const DEVICES = 10;
const ACK_TIMEOUT_MS = 5_000;
const TEXT = 'x'.repeat(1_000);

/** seqs that came in batches, in order. */
function arrived(client: ChatClient): number[] {
  return client.wire.flatMap(({ event, payload }) => {
    return event === 'message:batch' ? seqsOf((payload as MessageBatch).messages) : [];
  });
}

describe('Clients that stop reading', () => {
  const server = standaloneUnderTest({ ...RAISED_LIMITS, ACK_TIMEOUT_MS: String(ACK_TIMEOUT_MS) });

  /** As the server's metrics count them. */
  const sessions = async (): Promise<number> => {
    const line = server.running.output.lines.find((each) => each.includes('/metrics')) ?? '';
    const address = /http:[^\s"]+/.exec(line)?.[0] ?? '';
    const text = await (await fetch(new URL('/metrics', address))).text();
    return Number(/^parley_sessions (\d+)$/m.exec(text)?.[1]);
  };

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

  const stalledDevices = async (people: readonly TestUser[]): Promise<RawClient[]> => {
    const opened: RawClient[] = [];
    // Not all at once: a storm of handshakes is another test's affair.
    for (const device_id of range(1, DEVICES).map((n) => `device-${n}`)) {
      const auths = people.map(({ api }) => ({ token: api.accessToken, device_id, protocol: 1 }));
      opened.push(...(await Promise.all(auths.map((auth) => RawClient.session(server.url, auth)))));
    }
    for (const { socket } of opened) socket.pause();
    return opened;
  };

  it(
    'do not slow others down, are ended in time, and miss nothing when they come back',
    { timeout: 120_000 },
    async () => {
      const [alice, bob, ...others] = await server.users('alice', 'bob', ...range(1, PEOPLE).map((n) => `reader${n}`));
      const [hers, his] = await Promise.all([alice.online(), bob.online()]);
      const { conversation_id: id } = await alice.api.createGroup(
        'Busy',
        [bob, ...others].map(({ userId }) => userId),
      );
      const before = await chat(hers, his, id, 120);

      const stalled = await stalledDevices(others);
      const during = await chat(hers, his, id, 150);
      // Their windows were full by the middle of that.
      await vi.waitFor(async () => expect(await sessions()).toBe(2), {
        timeout: ACK_TIMEOUT_MS + 5_000,
        interval: 250,
      });
      for (const { socket } of stalled) socket.resume();
      await Promise.all(stalled.map((client) => client.untilClosed()));
      const ends = stalled.flatMap((client) => client.events('session:closed') as SessionClosed[]);
      expect(ends).toHaveLength(PEOPLE * DEVICES);
      for (const { code } of ends) expect(['ack_timeout', 'slow_consumer']).toContain(code);

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
