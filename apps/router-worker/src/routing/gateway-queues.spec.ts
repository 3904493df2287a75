import { Logger } from '@nestjs/common';
import type { EntryView, Verdict } from '@parley/contracts';
import { GatewayAbsent, GatewayLink, type LinkFrame } from '@parley/gateway-link';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { GatewayQueues } from './gateway-queues.js';

/** A link on which each frame waits until the test takes or refuses it. */
class HeldLink extends GatewayLink {
  readonly frames: { told: string; frame: LinkFrame; take: () => void; refuse: (error: Error) => void }[] = [];
  /** Set: every frame is refused at once with it. */
  refusal: Error | null = null;
  given: AbortSignal | undefined;

  override deliver(gateway: string, frame: LinkFrame, signal?: AbortSignal): Promise<void> {
    this.given = signal;
    const { promise, resolve, reject } = withResolvers();
    this.frames.push({ told: `${gateway}: ${tell(frame)}`, frame, take: resolve, refuse: reject });
    if (this.refusal) reject(this.refusal);
    return promise;
  }

  get told(): string[] {
    return this.frames.map(({ told }) => told);
  }

  get last(): HeldLink['frames'][number] {
    return this.frames[this.frames.length - 1];
  }
}

function withResolvers(): { promise: Promise<void>; resolve: () => void; reject: (error: Error) => void } {
  let settle: [() => void, (error: Error) => void] = [() => undefined, () => undefined];
  const promise = new Promise<void>((...both) => (settle = both));
  return { promise, resolve: settle[0], reject: settle[1] };
}

/** Verdicts by id, pushes as "+seq", heads as "^seq", and "compare". */
function tell({ pushes, verdicts, heads, compare }: LinkFrame): string {
  const parts = [
    ...verdicts.map(({ message_id }) => message_id),
    ...pushes.map(({ entry }) => `+${entry.seq}`),
    ...heads.map(({ last_seq }) => `^${last_seq}`),
    ...(compare ? ['compare'] : []),
  ];
  return parts.join();
}

function verdict(message_id: string): Verdict {
  const outcome = { accepted: false, code: 'not_found', message: 'No such conversation' } as const;
  return { message_id, conversation_id: '500', outcome };
}

describe('gateway queues', () => {
  let link: HeldLink;
  let queues: GatewayQueues;

  beforeAll(() => Logger.overrideLogger(false));
  afterAll(() => Logger.overrideLogger(true));

  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'performance'] });
    link = new HeldLink();
    queues = new GatewayQueues(link);
    queues.onApplicationBootstrap();
  });

  afterEach(() => {
    queues.beforeApplicationShutdown();
    vi.useRealTimers();
  });

  /** Queues verdicts and flushes; `done` tells whether the flush has resolved. */
  async function flush(gateway: string, ...ids: string[]): Promise<{ done: boolean }> {
    for (const id of ids) queues.verdict(gateway, verdict(id));
    const flushed = { done: false };
    void queues.flush([gateway]).then(() => (flushed.done = true));
    await turn();
    return flushed;
  }

  async function push(gateway: string, conversation_id: string, seq: number, ...session_ids: string[]): Promise<void> {
    queues.push(gateway, { entry: { conversation_id, seq } as EntryView, bytes: 100, session_ids });
    await flush(gateway);
  }

  const turn = () => new Promise(setImmediate);
  const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms);

  async function take(): Promise<void> {
    link.last.take();
    await turn();
  }

  async function loseGateway(gateway: string): Promise<void> {
    link.refusal = new GatewayAbsent(gateway);
    await flush(gateway, 'lost');
    await pass(1_000);
    link.frames.length = 0;
  }

  it('have one frame on its way to a gateway; what comes meanwhile goes together in the next', async () => {
    const flushes = [await flush('a', '1', '2'), await flush('a', '3'), await flush('a', '4')];
    expect(link.told).toEqual(['a: 1,2']);
    await take();
    expect(link.told).toEqual(['a: 1,2', 'a: 3,4']);
    expect(flushes.map(({ done }) => done)).toEqual([true, false, false]);
    await take();
    expect(flushes.map(({ done }) => done)).toEqual([true, true, true]);
  });

  it('do not let one gateway delay another', async () => {
    await flush('slow', '1');
    await flush('quick', '2');
    await take();
    await flush('quick', '3');
    expect(link.told).toEqual(['slow: 1', 'quick: 2', 'quick: 3']);
  });

  it('wait for what is on its way when there is nothing new', async () => {
    await flush('a', '1');
    const later = await flush('a');
    expect(later.done).toBe(false);
    await take();
    expect(later.done).toBe(true);
  });

  it('cut what is much into frames', async () => {
    const flushed = await flush('a', ...Array.from({ length: 2_500 }, (_, id) => `${id}`));
    for (const size of [1_000, 1_000, 500]) {
      expect(flushed.done).toBe(false);
      expect(link.last.frame.verdicts).toHaveLength(size);
      await take();
    }
    expect(flushed.done).toBe(true);
    const large = { entry: { conversation_id: '500', seq: 1 } as EntryView, bytes: 600_000, session_ids: ['s'] };
    for (let count = 0; count < 3; count++) queues.push('a', large);
    await flush('a');
    expect(link.last.frame.pushes).toHaveLength(1);
  });

  it('try a frame again until the gateway takes it, and nothing overtakes it', async () => {
    const first = await flush('a', '1');
    link.last.refuse(new Error('connection lost'));
    await turn();
    await flush('a', '2');
    await pass(50);
    link.last.refuse(new Error('connection lost'));
    await pass(100);
    expect(first.done).toBe(false);
    await take();
    expect(first.done).toBe(true);
    expect(link.told).toEqual(['a: 1', 'a: 1', 'a: 1', 'a: 2']);
  });

  it('give a gateway up that neither takes nor refuses within the length of a lease, with what is queued for it', async () => {
    const stuck = [await flush('a', '1'), await flush('a', '2')];
    await pass(5_999);
    expect(stuck.map(({ done }) => done)).toEqual([false, false]);
    expect(link.given?.aborted).toBe(false);
    await pass(1);
    expect(stuck.map(({ done }) => done)).toEqual([true, true]);
    expect(link.given?.aborted).toBe(true);
    expect(link.told).toEqual(['a: 1']);
  });

  it('give a gateway up after one second where nobody listens', async () => {
    link.refusal = new GatewayAbsent('a');
    const flushed = await flush('a', '1');
    await pass(600);
    expect(flushed.done).toBe(false);
    await pass(400);
    expect(flushed.done).toBe(true);
  });

  it('drop at once what is meant for a gateway that was given up, and look every two seconds whether it is back', async () => {
    await loseGateway('a');
    expect((await flush('a', '1')).done).toBe(true);
    expect(link.told).toEqual([]);
    await pass(2_000);
    await pass(2_000);
    expect(link.told).toEqual(['a: compare', 'a: compare']);
    link.refusal = null;
    await pass(2_000);
    await take();
    await flush('a', '2');
    await take();
    await pass(2_000);
    expect(link.told.slice(2)).toEqual(['a: compare', 'a: 2']);
  });

  it('tell a gateway to compare again when something was dropped while it was being told', async () => {
    await loseGateway('a');
    link.refusal = null;
    await pass(2_000);
    await push('a', '500', 7, 's');
    await take();
    expect(link.told).toEqual(['a: compare', 'a: compare']);
  });

  it('probe a gateway that hangs with one frame at a time', async () => {
    await loseGateway('a');
    link.refusal = null;
    await pass(7_000);
    expect(link.told).toEqual(['a: compare']);
    await pass(2_000);
    expect(link.told).toEqual(['a: compare', 'a: compare']);
  });

  it('forget a gateway that nobody mentioned for a minute', async () => {
    await loseGateway('a');
    await pass(62_000);
    const probes = link.frames.length;
    await pass(20_000);
    expect(link.frames).toHaveLength(probes);
    link.refusal = null;
    await flush('a', '1');
    expect(link.last.told).toBe('a: 1');
  });

  it('repeat every two seconds where the conversations stand that were pushed since, and to whom', async () => {
    await push('a', '500', 7, 's1', 's2');
    await take();
    await push('a', '500', 8, 's2', 's3');
    await take();
    await push('a', '600', 3, 's1');
    await take();
    await push('b', '700', 1, 's4');
    await take();
    link.frames.length = 0;
    await pass(2_000);
    expect(link.told).toEqual(['a: ^8,^3', 'b: ^1']);
    expect(link.frames[0].frame.heads).toEqual([
      { conversation_id: '500', last_seq: 8, session_ids: ['s1', 's2', 's3'] },
      { conversation_id: '600', last_seq: 3, session_ids: ['s1'] },
    ]);
    for (const { take } of link.frames) take();
    await pass(10_000);
    expect(link.told).toEqual(['a: ^8,^3', 'b: ^1']);
  });

  it('never repeat a head before its push is on its way', async () => {
    await push('a', '500', 7, 's1');
    await push('a', '500', 8, 's1');
    await pass(2_000);
    await take();
    expect(link.told).toEqual(['a: +7', 'a: +8,^7']);
  });

  it('spread a long digest over frames, and ask for a comparison instead of a very long one', async () => {
    const many = (count: number) => Array.from({ length: count }, (_, id) => `s${id}`);
    await push('a', '500', 1, ...many(3_000));
    await take();
    await push('a', '600', 1, ...many(3_000));
    await take();
    await pass(2_000);
    expect(link.last.told).toBe('a: ^1');
    await take();
    expect(link.last.told).toBe('a: ^1');
    await take();
    await push('a', '700', 1, ...many(50_001));
    await take();
    await pass(2_000);
    expect(link.last.told).toBe('a: compare');
  });

  it('ask all gateways to compare when pushes may have got lost for any of them', async () => {
    await flush('a', '1');
    await take();
    queues.askAllToCompare();
    await pass(2_000);
    expect(link.told).toEqual(['a: 1', 'a: compare']);
  });

  it('ask those as well that become known within five minutes after that', async () => {
    queues.askAllToCompare();
    await flush('b', '1');
    expect(link.told).toEqual(['b: 1,compare']);
    await take();
    await pass(300_000);
    await flush('c', '2');
    expect(link.last.told).toBe('c: 2');
  });

  it('beat no more once the application ends, and still send what is flushed', async () => {
    await push('a', '500', 7, 's1');
    await take();
    queues.beforeApplicationShutdown();
    await pass(10_000);
    await flush('a', '1');
    expect(link.told).toEqual(['a: +7', 'a: 1']);
  });
});
