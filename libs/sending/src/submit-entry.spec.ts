import {
  decodeRecord,
  digestOf,
  limits,
  TRACE_PARENT,
  VERDICT_TO,
  type SubmitRecord,
  type Verdict,
} from '@parley/contracts';
import type { MessageLog, RecordToAppend } from '@parley/message-log';
import type { ConversationStore, DeduplicationRow, Membership } from '@parley/message-store';
import { Draining, inSpan, traceOf } from '@parley/operability';
import { RecordedSpans } from '@parley/operability/testing';
import { InMemoryRateLimits } from '@parley/rate-limits';
import type { IdSource } from '@parley/snowflake';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { AwaitVerdict } from './await-verdict.js';
import { PartitionPulse } from './partition-pulse.js';
import { PendingVerdicts } from './pending-verdicts.js';
import { SendLimits } from './send-limits.js';
import { SendQuota } from './send-quota.js';
import { SubmitEntry, type Submission } from './submit-entry.js';

const KEY = '0F9C1D6E-7E0B-4A55-9D2B-0D8F6C1F1A11';
const submission = (more: Partial<Submission> = {}) =>
  ({
    kind: 'message',
    sender_id: '9',
    conversation_id: '7',
    client_msg_id: KEY,
    content: { type: 'text', text: 'Hello' },
    ...more,
  }) as Submission;
const sent_at = '2026-01-01T00:00:00.000Z';

/** A sender over a log and a store that the test plays. */
function setUp() {
  const appended: RecordToAppend[] = [];
  const world = {
    append: async (record: RecordToAppend) => void appended.push(record),
    /** How long reading the memberships takes, one reading after another, in milliseconds. */
    readings: [] as number[],
    memberships: [{ user_id: '9', from_seq: 1, to_seq: null, end_by_seq: null, role: 'member' }] as Membership[],
    deduplication: [] as DeduplicationRow[],
    head: 0,
    ready: true,
  };
  const log = {
    partitions: 8,
    append: async (record: RecordToAppend) => {
      await world.append(record);
      return { epoch: 0, offset: appended.length };
    },
  } as MessageLog;
  const store = {
    readMembershipsOf: async () => {
      const takes = world.readings.shift();
      if (takes !== undefined) await new Promise((resolve) => setTimeout(resolve, takes));
      return world.memberships;
    },
    readDeduplication: async () => world.deduplication,
    readHead: async () => world.head,
  } as unknown as ConversationStore;
  let id = 100n;
  const ids = { next: () => ++id, ready: () => world.ready } as unknown as IdSource;
  const verdicts = new PendingVerdicts('gateway');
  const limit = { perSecond: 1, burst: 3 };
  const draining = new Draining();
  const quota = new SendQuota(new InMemoryRateLimits(), new SendLimits(limit, { perSecond: 1, burst: 2 }), draining);
  const pulse = new PartitionPulse();
  const sender = new SubmitEntry(ids, log, store, quota, new AwaitVerdict(verdicts, store), pulse);
  const answer = (outcome: Verdict['outcome']) => {
    const record = recordOf(appended.at(-1));
    verdicts.take([{ message_id: record.message_id, conversation_id: record.conversation_id, outcome }]);
  };
  return { sender, world, appended, answer, verdicts, draining };
}

function recordOf(appended: RecordToAppend | undefined): SubmitRecord {
  const decoded = decodeRecord(appended?.value ?? new Uint8Array());
  if (!decoded.ok) throw new Error(decoded.reason);
  return decoded.value as SubmitRecord;
}

const accepted = { accepted: true, message_id: '101', seq: 5, sent_at, repeated: false } as const;

describe('SubmitEntry', () => {
  beforeEach(() => vi.useFakeTimers({ now: Date.parse(sent_at) }));
  afterEach(() => vi.useRealTimers());

  it('publishes what the router can read, with its key in lower case and where the verdict goes', async () => {
    const { sender, appended, answer, verdicts } = setUp();
    const sent = sender.execute(submission());
    await vi.waitFor(() => expect(appended).toHaveLength(1));
    expect(recordOf(appended[0])).toMatchObject({ v: 1, type: 'submit', client_msg_id: KEY.toLowerCase() });
    expect(appended[0]).toMatchObject({ key: '7', headers: { [VERDICT_TO]: JSON.stringify(verdicts.address) } });
    answer(accepted);
    expect(await sent).toEqual({ ok: true, ...accepted, client_msg_id: KEY.toLowerCase() });
  });

  it('puts the trace of the send, where there is one, into a header for the router', async () => {
    vi.useRealTimers();
    const recorded = new RecordedSpans();
    const { sender, appended, answer } = setUp();
    const options = { kind: 'server', attributes: {} } as const;
    const sent = inSpan('message:send', options, () => sender.execute(submission()));
    await vi.waitFor(() => expect(appended).toHaveLength(1));
    answer(accepted);
    await sent;
    const root = recorded.spans.find(({ name }) => name === 'message:send');
    recorded.release();
    expect(traceOf(appended[0].headers?.[TRACE_PARENT])).toMatchObject({
      traceId: root?.spanContext().traceId,
      spanId: root?.spanContext().spanId,
    });
    expect(recorded.spans.map(({ name }) => name)).toEqual(['admission', 'log', 'verdict', 'message:send']);
  });

  it("keeps the order of a sender's entries, however long each takes to be admitted", async () => {
    const { sender, world, appended } = setUp();
    world.readings = [50, 20, 0];
    const texts = ['first', 'second'];
    for (const text of texts) void sender.execute(submission({ content: { type: 'text', text } }));
    void sender.execute(submission({ conversation_id: '8', content: { type: 'text', text: 'elsewhere' } }));
    await vi.advanceTimersByTimeAsync(60);
    expect(appended.map((record) => recordOf(record)).map((record) => 'content' in record && record.content)).toEqual(
      ['elsewhere', ...texts].map((text) => ({ type: 'text', text })),
    );
  });

  it('lets nobody wait for an entry that is refused or fails', async () => {
    const { sender, world, appended } = setUp();
    world.ready = false;
    await sender.execute(submission());
    world.ready = true;
    world.append = () => Promise.reject(new Error('no'));
    await sender.execute(submission());
    world.append = async (record) => void appended.push(record);
    // The limits let the next one pass.
    await vi.advanceTimersByTimeAsync(2_000);
    void sender.execute(submission());
    await vi.advanceTimersByTimeAsync(0);
    expect(appended).toHaveLength(1);
  });

  it('counts a change of a message like a send, and publishes what it is about', async () => {
    const { sender, appended } = setUp();
    const about = { target_id: '101', content: undefined };
    const change = (more: object) => JSON.parse(JSON.stringify(submission({ ...about, ...more }))) as Submission;
    void sender.execute(change({ kind: 'react', emoji: '👍', op: 'add' }));
    void sender.execute(change({ kind: 'delete' }));
    await vi.waitFor(() => expect(appended).toHaveLength(2));
    expect(appended.map(recordOf)).toMatchObject([
      { kind: 'react', target_id: '101', emoji: '👍', op: 'add' },
      { kind: 'delete', target_id: '101' },
    ]);
    const refused = await sender.execute(change({ kind: 'react', emoji: '👍', op: 'remove' }));
    expect(refused).toMatchObject({ ok: false, code: 'rate_limited' });
  });

  it('does not answer before the verdict', async () => {
    const { sender, appended, answer } = setUp();
    const settled = vi.fn();
    const sent = sender.execute(submission()).then(settled);
    await vi.waitFor(() => expect(appended).toHaveLength(1));
    await vi.advanceTimersByTimeAsync(5_000);
    expect(settled).not.toHaveBeenCalled();
    answer({ accepted: false, code: 'conflict', message: 'no' });
    await sent;
    expect(settled).toHaveBeenCalledWith({ ok: false, code: 'conflict', message: 'no' });
  });

  it('says that the outcome is unknown when no verdict comes or the log does not take the record', async () => {
    const { sender, world } = setUp();
    const silent = sender.execute(submission());
    await vi.advanceTimersByTimeAsync(10_000);
    expect(await silent).toMatchObject({ ok: false, code: 'unavailable' });
    world.append = async () => {
      throw new Error('no leader');
    };
    expect(await sender.execute(submission())).toMatchObject({ ok: false, code: 'unavailable' });
  });

  it('finds a verdict that was lost on its way in the store, once it is readable', async () => {
    const { sender, world, appended } = setUp();
    const sent = sender.execute(submission());
    await vi.waitFor(() => expect(appended).toHaveLength(1));
    const record = recordOf(appended[0]);
    const row = {
      ...record,
      row: 'deduplication',
      position: { epoch: 0, offset: 1 },
      seq: 5,
      digest: digestOf(record),
    };
    world.deduplication = [{ ...row, sent_at: Date.parse(sent_at) } as unknown as DeduplicationRow];
    const settled = vi.fn();
    void sent.then(settled);
    await vi.advanceTimersByTimeAsync(600);
    expect(settled).not.toHaveBeenCalled();
    world.head = 5;
    await vi.advanceTimersByTimeAsync(300);
    expect(await sent).toMatchObject({ ok: true, seq: 5, message_id: record.message_id, repeated: false, sent_at });
  });

  it('does not take a key that counts no more for the verdict', async () => {
    const { sender, world, appended, answer } = setUp();
    const sent = sender.execute(submission());
    await vi.waitFor(() => expect(appended).toHaveLength(1));
    const sentAt = Date.parse(sent_at) - limits.DEDUPLICATION_MS - 1_000;
    world.deduplication = [
      { ...recordOf(appended[0]), seq: 2, digest: 'of other content', sent_at: sentAt } as unknown as DeduplicationRow,
    ];
    world.head = 5;
    await vi.advanceTimersByTimeAsync(1_000);
    answer(accepted);
    expect(await sent).toMatchObject({ ok: true, seq: 5 });
  });

  it('answers a stranger at once: nothing reaches the log or the limits', async () => {
    const { sender, world, appended } = setUp();
    world.memberships = [];
    for (let attempt = 0; attempt < 10; attempt++) {
      expect(await sender.execute(submission())).toMatchObject({ ok: false, code: 'not_found' });
    }
    expect(appended).toHaveLength(0);
  });

  it('lets a former member ask the router, who may know the first attempt', async () => {
    const { sender, world, appended, answer } = setUp();
    world.memberships = [{ user_id: '9', from_seq: 1, to_seq: 4, end_by_seq: 4, role: 'member' }];
    const sent = sender.execute(submission());
    await vi.waitFor(() => expect(appended).toHaveLength(1));
    answer({ ...accepted, repeated: true });
    expect(await sent).toMatchObject({ ok: true, repeated: true });
  });

  it('refuses what is too large before it asks who sends it', async () => {
    const { sender, world } = setUp();
    world.memberships = [];
    const text = (bytes: number) => 'x'.repeat(bytes - '{"type":"text","text":""}'.length);
    const sized = (bytes: number) => submission({ content: { type: 'text', text: text(bytes) } });
    expect(await sender.execute(sized(limits.MESSAGE_BYTES + 1))).toMatchObject({ code: 'payload_too_large' });
    expect(await sender.execute(sized(limits.MESSAGE_BYTES))).toMatchObject({ code: 'not_found' });
  });

  it('limits a conversation and a user, and stores nothing above', async () => {
    const { sender, appended } = setUp();
    const sends = Array.from({ length: 4 }, () => sender.execute(submission()));
    await vi.advanceTimersByTimeAsync(10_000);
    const codes = (await Promise.all(sends)).map((result) => (result.ok ? 'ok' : result.code));
    expect(codes).toEqual(['unavailable', 'unavailable', 'rate_limited', 'rate_limited']);
    expect(appended).toHaveLength(2);
  });

  it('refuses before publishing while a partition gives no verdicts', async () => {
    const { sender, appended, world } = setUp();
    void sender.execute(submission());
    await vi.advanceTimersByTimeAsync(6_000);
    expect(await sender.execute(submission())).toMatchObject({ ok: false, code: 'overloaded' });
    world.ready = false;
    expect(await sender.execute(submission({ conversation_id: '8' }))).toMatchObject({ code: 'overloaded' });
    expect(appended).toHaveLength(1);
  });

  it('takes nothing new while the process is going away, and answers what is under way', async () => {
    const { sender, appended, answer, draining } = setUp();
    const sent = sender.execute(submission());
    await vi.waitFor(() => expect(appended).toHaveLength(1));
    draining.begin();
    expect(await sender.execute(submission())).toMatchObject({ ok: false, code: 'draining' });
    answer(accepted);
    expect(await sent).toMatchObject({ ok: true });
    expect(appended).toHaveLength(1);
  });
});
