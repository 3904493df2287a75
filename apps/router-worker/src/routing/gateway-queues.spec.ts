import { Logger } from '@nestjs/common';
import type { Verdict } from '@parley/contracts';
import { GatewayLink, type LinkFrame } from '@parley/gateway-link';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { GatewayQueues } from './gateway-queues.js';

/** A link on which each frame waits until the test takes or refuses it. */
class HeldLink extends GatewayLink {
  readonly frames: { gateway: string; ids: string[]; take: () => void; refuse: () => void }[] = [];

  override deliver(gateway: string, { verdicts }: LinkFrame): Promise<void> {
    return new Promise((resolve, reject) => {
      const ids = verdicts.map(({ message_id }) => message_id);
      this.frames.push({ gateway, ids, take: resolve, refuse: () => reject(new Error('not there')) });
    });
  }

  get sent(): string[] {
    return this.frames.map(({ gateway, ids }) => `${gateway}: ${ids.join()}`);
  }
}

function verdict(message_id: string): Verdict {
  const outcome = { accepted: false, code: 'not_found', message: 'No such conversation' } as const;
  return { message_id, conversation_id: '500', outcome };
}

const turn = () => new Promise(setImmediate);

describe('gateway queues', () => {
  let link: HeldLink;
  let queues: GatewayQueues;

  beforeAll(() => Logger.overrideLogger(false));
  afterAll(() => Logger.overrideLogger(true));

  beforeEach(() => {
    link = new HeldLink();
    queues = new GatewayQueues(link);
  });

  /** Queues verdicts and flushes; `done` tells whether the flush has resolved. */
  function flush(gateway: string, ...ids: string[]): { done: boolean } {
    for (const id of ids) queues.verdict(gateway, verdict(id));
    const flushed = { done: false };
    void queues.flush([gateway]).then(() => (flushed.done = true));
    return flushed;
  }

  it('have one frame on its way to a gateway; what comes meanwhile goes together in the next', async () => {
    const flushes = [flush('a', '1', '2')];
    await turn();
    flushes.push(flush('a', '3'), flush('a', '4'));
    await turn();
    expect(link.sent).toEqual(['a: 1,2']);
    link.frames[0].take();
    await turn();
    expect(link.sent).toEqual(['a: 1,2', 'a: 3,4']);
    expect(flushes.map(({ done }) => done)).toEqual([true, false, false]);
    link.frames[1].take();
    await turn();
    expect(flushes.map(({ done }) => done)).toEqual([true, true, true]);
  });

  it('do not let one gateway delay another', async () => {
    flush('slow', '1');
    flush('quick', '2');
    await turn();
    link.frames[1].take();
    await turn();
    flush('quick', '3');
    await turn();
    expect(link.sent).toEqual(['slow: 1', 'quick: 2', 'quick: 3']);
  });

  it('give a frame up that is not taken, and go on with what follows', async () => {
    const flushes = [flush('a', '1')];
    await turn();
    flushes.push(flush('a', '2'));
    link.frames[0].refuse();
    await turn();
    expect(link.sent).toEqual(['a: 1', 'a: 2']);
    link.frames[1].refuse();
    await turn();
    flushes.push(flush('a', '3'));
    await turn();
    link.frames[2].take();
    await turn();
    expect(flushes.map(({ done }) => done)).toEqual([true, true, true]);
    expect(link.sent).toEqual(['a: 1', 'a: 2', 'a: 3']);
  });

  it('wait for what is on its way when there is nothing new', async () => {
    flush('a', '1');
    await turn();
    const later = flush('a');
    await turn();
    expect(later.done).toBe(false);
    link.frames[0].take();
    await turn();
    expect(later.done).toBe(true);
  });

  it('give a frame up that a gateway neither takes nor refuses within the length of a lease', async () => {
    vi.useFakeTimers();
    try {
      const stuck = flush('a', '1');
      await vi.advanceTimersByTimeAsync(5_999);
      expect(stuck.done).toBe(false);
      await vi.advanceTimersByTimeAsync(1);
      expect(stuck.done).toBe(true);
    } finally {
      vi.useRealTimers();
    }
  });
});
