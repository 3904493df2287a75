import { Logger } from '@nestjs/common';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { EngineProbe } from './engine-probe.js';

let lines: string[];
let probe: EngineProbe;

beforeEach(() => {
  vi.useFakeTimers();
  lines = [];
  for (const level of ['log', 'error'] as const) {
    vi.spyOn(Logger.prototype, level).mockImplementation((line: unknown) => lines.push(String(line)));
  }
});

afterEach(() => {
  probe.stop();
  vi.useRealTimers();
  vi.restoreAllMocks();
});

describe('an engine probe', () => {
  it('knows when the engine goes and when it is back, and says each once', async () => {
    let fault: string | null = null;
    probe = new EngineProbe('postgres', () => (fault === null ? Promise.resolve() : Promise.reject(new Error(fault))));
    await vi.advanceTimersByTimeAsync(4_000);
    expect([probe.check(), lines]).toEqual([null, []]);
    fault = 'connection refused';
    await vi.advanceTimersByTimeAsync(6_000);
    expect(probe.check()).toBe('connection refused');
    fault = null;
    await vi.advanceTimersByTimeAsync(6_000);
    expect(probe.check()).toBeNull();
    expect(lines).toEqual(['postgres does not answer: connection refused', 'postgres answers again']);
  });

  it('takes a question that hangs for no answer after 2 s, and asks no second one meanwhile', async () => {
    let answer = (): void => undefined;
    const ask = vi.fn(
      () =>
        new Promise<void>((resolve) => {
          answer = resolve;
        }),
    );
    probe = new EngineProbe('postgres', ask);
    await vi.advanceTimersByTimeAsync(3_900);
    expect(probe.check()).toBeNull();
    await vi.advanceTimersByTimeAsync(10_000);
    expect([probe.check(), ask.mock.calls.length]).toEqual(['no answer within 2000 ms', 1]);
    answer();
    await vi.advanceTimersByTimeAsync(0);
    expect(probe.check()).toBeNull();
  });
});
