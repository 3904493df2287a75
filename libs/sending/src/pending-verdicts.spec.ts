import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { PendingVerdicts } from './pending-verdicts.js';

const outcome = {
  accepted: true,
  message_id: '1',
  seq: 2,
  sent_at: '2026-01-01T00:00:00.000Z',
  repeated: false,
} as const;

describe('PendingVerdicts', () => {
  beforeEach(() => vi.useFakeTimers());
  afterEach(() => vi.useRealTimers());

  it('hands each verdict to the wait for its record', async () => {
    const pending = new PendingVerdicts('gateway');
    const [first, second] = [pending.expect('1', 1_000), pending.expect('2', 1_000)];
    const refusal = { accepted: false, code: 'not_found', message: 'No such conversation' } as const;
    pending.take([
      { message_id: '2', conversation_id: '9', outcome: refusal },
      { message_id: '1', conversation_id: '9', outcome },
    ]);
    expect(await first.outcome).toBe(outcome);
    expect(await second.outcome).toBe(refusal);
    expect(pending.size).toBe(0);
  });

  it('ends a wait with null when its time is over, and forgets it', async () => {
    const pending = new PendingVerdicts('gateway');
    const { outcome: waited } = pending.expect('1', 1_000);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(await waited).toBeNull();
    pending.take([{ message_id: '1', conversation_id: '9', outcome }]);
    expect(pending.size).toBe(0);
  });

  it('gives each life of a process another incarnation', () => {
    expect(new PendingVerdicts('a').address).not.toEqual(new PendingVerdicts('a').address);
  });
});
