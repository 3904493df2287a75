import { Logger } from '@nestjs/common';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { processRegistry } from '../metrics/process-registry.js';
import { Readiness, type Effect } from '../readiness.js';
import { waitForEngine } from './wait-for-engine.js';

let readiness: Readiness;
let stopping: AbortController;
let lines: string[];

beforeEach(() => {
  vi.useFakeTimers();
  readiness = new Readiness();
  stopping = new AbortController();
  lines = [];
  for (const level of ['log', 'warn'] as const) {
    vi.spyOn(Logger.prototype, level).mockImplementation((line: unknown) => lines.push(String(line)));
  }
});

afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

/** An engine that is down until `comeUp`, and may go away later. */
class Engine {
  attempts = 0;
  reason: string | null = 'connection refused';

  readonly connect = async (): Promise<Engine> => {
    this.attempts += 1;
    if (this.reason !== null) throw new Error(this.reason);
    return this;
  };
}

function wait(connect: () => Promise<Engine>, effect: Effect = 'stops'): Promise<Engine> {
  const { signal } = stopping;
  const health = (engine: Engine) => () => engine.reason;
  return waitForEngine({ engine: 'kafka', at: 'a:9092,b:9092', connect, health, effect, readiness, signal });
}

async function engineUp(): Promise<number | undefined> {
  const metric = await processRegistry.getSingleMetric('parley_engine_up')?.get();
  return metric?.values.find(({ labels }) => labels.engine === 'kafka')?.value;
}

describe('waiting for an engine', () => {
  it('says nothing of one that is there, and watches it from then on', async () => {
    const engine = new Engine();
    engine.reason = null;
    expect(await wait(engine.connect)).toBe(engine);
    expect(lines).toEqual([]);
    expect([readiness.isReady, await engineUp()]).toEqual([true, 1]);
    engine.reason = 'the broker is gone';
    expect(readiness.reasons()).toEqual([{ name: 'kafka', reason: 'the broker is gone' }]);
    expect(await engineUp()).toBe(0);
  });

  it('tells at once and then every 5 s what it waits for and why, and tries every second until it works', async () => {
    const engine = new Engine();
    const waiting = wait(engine.connect);
    await vi.advanceTimersByTimeAsync(0);
    expect(lines).toEqual(['waiting for kafka at a:9092,b:9092: connection refused']);
    expect(readiness.reasons()).toEqual([{ name: 'kafka', reason: 'waiting for a:9092,b:9092: connection refused' }]);
    engine.reason = 'still starting';
    await vi.advanceTimersByTimeAsync(10_500);
    expect(lines.slice(1)).toEqual(Array(2).fill('waiting for kafka at a:9092,b:9092: still starting'));
    expect(engine.attempts).toBe(11);
    engine.reason = null;
    await vi.advanceTimersByTimeAsync(1_000);
    expect(await waiting).toBe(engine);
    expect(lines.at(-1)).toBe('kafka at a:9092,b:9092 is there');
    expect(readiness.isReady).toBe(true);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(lines).toHaveLength(4);
  });

  it('tells of one that takes the connection and never answers', async () => {
    void wait(() => new Promise(() => undefined));
    await vi.advanceTimersByTimeAsync(5_000);
    expect(lines).toEqual(['waiting for kafka at a:9092,b:9092: no answer yet']);
    expect(readiness.isReady).toBe(false);
  });

  it('leaves the app ready where it can go on without the engine', async () => {
    void wait(new Engine().connect, 'degrades');
    await vi.advanceTimersByTimeAsync(0);
    expect(readiness.isReady).toBe(true);
    expect(readiness.parts()).toMatchObject([
      { name: 'kafka', effect: 'degrades', reason: expect.stringContaining('refused') },
    ]);
  });

  it.each([
    ['between two attempts', new Engine().connect],
    ['during one', () => new Promise<Engine>(() => undefined)],
  ])('ends with the signal, %s, and tries no more', async (_, connect) => {
    const counted = vi.fn(connect);
    const waiting = wait(counted);
    const reason = waiting.then(
      () => null,
      (error: unknown) => error,
    );
    await vi.advanceTimersByTimeAsync(1_500);
    const attempts = counted.mock.calls.length;
    const stop = new Error('stopping');
    stopping.abort(stop);
    expect(await reason).toBe(stop);
    await vi.advanceTimersByTimeAsync(10_000);
    expect(counted).toHaveBeenCalledTimes(attempts);
    expect(readiness.parts()).toEqual([]);
  });
});
