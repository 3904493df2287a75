import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Accepted, Refused } from '@parley/contracts';
import type { ChangeIds, Decision } from '@parley/entities';
import type { ConversationStore } from '@parley/message-store';
import { PendingVerdicts } from '@parley/sending';
import { IdSource, InMemoryWorkerLeases, SystemClock } from '@parley/snowflake';
import type { OutboxRelay } from './outbox-relay.js';
import { SequenceChange } from './sequence-change.js';

const accepted: Accepted = {
  accepted: true,
  message_id: '1',
  seq: 7,
  sent_at: '2026-01-01T00:00:00.000Z',
  repeated: false,
};

let ids: IdSource;
let verdicts: PendingVerdicts;
let wakeUps: number;
let stored: { seq: number | undefined; head: number; isAway: boolean };
let sequenceChange: SequenceChange;

beforeEach(async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval'] });
  ids = new IdSource(new InMemoryWorkerLeases(new SystemClock()), new SystemClock());
  await ids.start();
  verdicts = new PendingVerdicts('api-1', 'a');
  wakeUps = 0;
  stored = { seq: undefined, head: 0, isAway: false };
  const relay = { wake: () => (wakeUps += 1) } as unknown as OutboxRelay;
  sequenceChange = new SequenceChange(ids, new SystemClock(), verdicts, relay, storeShowing());
});

afterEach(async () => {
  await ids.stop();
  vi.useRealTimers();
});

function storeShowing(): ConversationStore {
  return {
    readSeqs: async (_conversation: string, [id]: string[]) => {
      if (stored.isAway) throw new Error('away');
      return new Map(stored.seq === undefined ? [] : [[id, stored.seq]]);
    },
    readHead: async () => stored.head,
  } as unknown as ConversationStore;
}

const changed = (change: ChangeIds): Decision => ({
  decision: 'changed',
  change: { conversation_id: change.conversationId, message_id: change.messageId },
});

/** Decides, then hands the router's verdict in. */
function rename(outcome: Accepted | Refused | null) {
  return sequenceChange.execute('5', '10', async (change) => {
    expect(change).toMatchObject({
      actorId: '5',
      conversationId: '10',
      replyTo: { gateway: 'api-1', incarnation: 'a' },
    });
    if (outcome) setTimeout(() => verdicts.take([{ message_id: change.messageId, conversation_id: '10', outcome }]), 5);
    return changed(change);
  });
}

describe('SequenceChange', () => {
  it('wakes the relay once it is decided and answers with the seq of the verdict', async () => {
    const answer = rename(accepted);
    await vi.advanceTimersByTimeAsync(10);
    expect(await answer).toEqual({ ok: true, conversationId: '10', seq: 7 });
    expect(wakeUps).toBe(1);
    expect(verdicts.size).toBe(0);
  });

  it('takes a verdict that comes before the decision is known here', async () => {
    const answer = await sequenceChange.execute('5', null, async (change) => {
      verdicts.take([{ message_id: change.messageId, conversation_id: change.conversationId, outcome: accepted }]);
      return changed(change);
    });
    expect(answer).toMatchObject({ ok: true, seq: 7 });
  });

  it('passes on why the directory refused, publishing nothing', async () => {
    const answer = await sequenceChange.execute('5', '10', async () => ({ decision: 'refused', code: 'forbidden' }));
    expect(answer).toMatchObject({ ok: false, code: 'forbidden' });
    expect([wakeUps, verdicts.size]).toEqual([0, 0]);
  });

  it('answers without a seq where nothing had to be changed', async () => {
    const decided: Decision = { decision: 'unchanged', conversation_id: '11' };
    expect(await sequenceChange.execute('5', null, async () => decided)).toEqual({
      ok: true,
      conversationId: '11',
      seq: null,
    });
    expect(verdicts.size).toBe(0);
  });

  it('finds the entry in the store when its verdict is lost, but not before the head has reached it', async () => {
    let isAnswered = false;
    const answer = rename(null).finally(() => (isAnswered = true));
    stored = { seq: 3, head: 2, isAway: false };
    await vi.advanceTimersByTimeAsync(600);
    expect(isAnswered).toBe(false);
    stored.head = 3;
    await vi.advanceTimersByTimeAsync(250);
    expect(await answer).toEqual({ ok: true, conversationId: '10', seq: 3 });
  });

  it('is unavailable when the entry is not seen within 10 s, also while the store is away', async () => {
    const timersOfTheIds = vi.getTimerCount();
    stored.isAway = true;
    const answer = rename(null);
    await vi.advanceTimersByTimeAsync(9_990);
    expect(verdicts.size).toBe(1);
    await vi.advanceTimersByTimeAsync(20);
    expect(await answer).toMatchObject({ ok: false, code: 'unavailable' });
    expect(vi.getTimerCount()).toBe(timersOfTheIds);
  });

  it('stops waiting when the decision fails', async () => {
    const failing = sequenceChange.execute('5', '10', async () => {
      throw new Error('connection lost');
    });
    await expect(failing).rejects.toThrow('connection lost');
    expect(verdicts.size).toBe(0);
  });

  it('is overloaded, with nothing decided, while no ids can be given', async () => {
    await ids.stop();
    const decide = vi.fn<() => Promise<Decision>>();
    expect(await sequenceChange.execute('5', '10', decide)).toMatchObject({ ok: false, code: 'overloaded' });
    expect(decide).not.toHaveBeenCalled();
  });
});
