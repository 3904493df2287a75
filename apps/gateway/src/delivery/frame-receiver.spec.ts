import { Logger } from '@nestjs/common';
import type { EntryView } from '@parley/contracts';
import type { LinkFrame, Push } from '@parley/gateway-link';
import { PendingVerdicts } from '@parley/sending';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { sessionUnderTest } from '../../test/sessions-under-test.js';
import type { CompareSessions } from '../comparing/compare-sessions.js';
import type { Session } from '../connections/session.js';
import { SessionTable } from '../connections/session-table.js';
import type { Deliver } from './deliver.js';
import { FrameReceiver } from './frame-receiver.js';

describe('FrameReceiver', () => {
  let sessions: SessionTable;
  let verdicts: PendingVerdicts;
  let compareAll: ReturnType<typeof vi.fn>;
  let delivered: string[];
  /** What one delivery costs, in milliseconds of the event loop. */
  let costMs: number;
  let receiver: FrameReceiver;

  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['performance'] });
    sessions = new SessionTable();
    verdicts = new PendingVerdicts('gateway');
    compareAll = vi.fn();
    delivered = [];
    costMs = 0;
    const work = (what: string) => {
      vi.advanceTimersByTime(costMs);
      delivered.push(what);
    };
    const deliver = {
      push: ({ id }: Session, { entry }: Push) => work(`${id} push ${entry.conversation_id}/${entry.seq}`),
      heed: ({ id }: Session, conversationId: string, seq: number) => work(`${id} head ${conversationId}/${seq}`),
    } as unknown as Deliver;
    const compare = { requestAll: compareAll } as unknown as CompareSessions;
    receiver = new FrameReceiver(sessions, deliver, verdicts, compare);
  });
  afterEach(() => {
    vi.useRealTimers();
    vi.restoreAllMocks();
  });

  function open(): string {
    const { session } = sessionUnderTest();
    sessions.add(session);
    return session.id;
  }

  it('hands entries, then heads, to the sessions that are here, at once', () => {
    const [one, other] = [open(), open()];
    const heads = [{ conversation_id: '8', last_seq: 4, session_ids: [one] }];
    receiver.take(frame({ pushes: [push(1, [one, 'gone', other])], heads }));
    expect(delivered).toEqual([`${one} push 7/1`, `${other} push 7/1`, `${one} head 8/4`]);
    expect(compareAll).not.toHaveBeenCalled();
  });

  it('lets other work through between the deliveries of a large frame, and keeps frames in order', async () => {
    const id = open();
    costMs = 0.25;
    const seqs = Array.from({ length: 400 }, (_, index) => index + 1);
    const starts = [performance.now()];
    receiver.take(frame({ pushes: seqs.map((seq) => push(seq, [id])) }));
    receiver.take(frame({ pushes: [push(401, [id])] }));
    while (delivered.length < 401) {
      starts.push(performance.now());
      await turn();
    }
    expect(delivered).toEqual([...seqs, 401].map((seq) => `${id} push 7/${seq}`));
    // 100 ms of work, at most 8 ms in a turn.
    const turns = starts.slice(1).map((start, index) => start - starts[index]);
    expect(turns.length).toBeGreaterThanOrEqual(12);
    expect(Math.max(...turns)).toBeLessThanOrEqual(8);
  });

  it('gives verdicts to their sends at once, however many entries wait before them', async () => {
    const id = open();
    costMs = 1;
    receiver.take(frame({ pushes: Array.from({ length: 100 }, (_, index) => push(index + 1, [id])) }));
    const { outcome } = verdicts.expect('5', 10_000);
    const accepted = { accepted: true as const, message_id: '5', seq: 2, sent_at: '', repeated: false };
    receiver.take(frame({ verdicts: [{ message_id: '5', conversation_id: '7', outcome: accepted }] }));
    expect(await outcome).toEqual(accepted);
    expect(delivered.length).toBeLessThan(100);
    while (delivered.length < 100) await turn();
  });

  it('compares every session when the router gave something up', () => {
    receiver.take(frame({ compare: true }));
    expect(compareAll).toHaveBeenCalledTimes(1);
  });

  it('goes on with the others when one delivery fails', () => {
    vi.spyOn(Logger.prototype, 'error').mockReturnValue(undefined);
    const [broken, fine] = [open(), open()];
    vi.spyOn(delivered, 'push').mockImplementationOnce(() => {
      throw new Error('socket in a strange state');
    });
    receiver.take(frame({ pushes: [push(1, [broken, fine])] }));
    receiver.take(frame({ pushes: [push(2, [fine])] }));
    expect(delivered).toEqual([`${fine} push 7/1`, `${fine} push 7/2`]);
  });

  it('keeps only heads of what comes faster than it can be delivered, until the rest is through', async () => {
    vi.spyOn(Logger.prototype, 'warn').mockReturnValue(undefined);
    const id = open();
    costMs = 9;
    const heads = [{ conversation_id: '7', last_seq: 42, session_ids: [id] }];
    const flood = Array.from({ length: 40 }, (_, index) => push(index + 1, [id], index < 38 ? 100 : 17 * 1024 * 1024));
    receiver.take(frame({ pushes: flood }));
    receiver.take(frame({ pushes: [push(41, [id]), push(42, [id])], heads }));
    while (delivered.length < 41) await turn();
    receiver.take(frame({ pushes: [push(43, [id])] }));
    while (delivered.length < 42) await turn();
    expect(delivered.slice(39)).toEqual([`${id} push 7/40`, `${id} head 7/42`, `${id} push 7/43`]);
  });
});

const turn = () => new Promise((resolve) => setImmediate(resolve));

function frame(parts: Partial<LinkFrame>): LinkFrame {
  return { pushes: [], verdicts: [], heads: [], compare: false, ...parts };
}

function push(seq: number, session_ids: string[], bytes = 200): Push {
  return { entry: { conversation_id: '7', seq } as EntryView, bytes, session_ids };
}
