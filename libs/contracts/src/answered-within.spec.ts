import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { answeredWithin } from './answered-within.js';
import { EngineUnavailable } from './engine-unavailable.js';

const ASKED = { engine: 'postgres', operation: 'find a device' } as const;

describe('answeredWithin', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('gives the answer that comes in time, and leaves no timer behind', async () => {
    expect(await answeredWithin(100, ASKED, async () => 'phone')).toBe('phone');
    expect(vi.getTimerCount()).toBe(0);
  });

  it('passes on why the engine refused', async () => {
    const refused = answeredWithin(100, ASKED, () => Promise.reject(new Error('no such column')));
    await expect(refused).rejects.toThrow('no such column');
  });

  it('takes an engine that keeps silent for unavailable, and does not mind its late refusal', async () => {
    let refuse = (_: Error): void => undefined;
    const silent = answeredWithin(100, ASKED, () => new Promise((_, reject) => (refuse = reject)));
    setTimeout(() => refuse(new Error('too late')), 200);
    const failed = silent.catch((error: unknown) => error);
    await vi.advanceTimersByTimeAsync(200);
    expect(await failed).toEqual(new EngineUnavailable(ASKED.engine, ASKED.operation, 'no answer within 100 ms'));
  });

  it('does not ask at all when no time is left', async () => {
    const call = vi.fn(async () => 'phone');
    await expect(answeredWithin(0, ASKED, call)).rejects.toBeInstanceOf(EngineUnavailable);
    expect(call).not.toHaveBeenCalled();
  });
});
