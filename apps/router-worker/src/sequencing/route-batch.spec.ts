import { Logger } from '@nestjs/common';
import { ENTRIES_TOPIC, encodeRecord, TRACE_PARENT, VERDICT_TO, type LogRecord } from '@parley/contracts';
import { GatewayLink, type LinkFrame } from '@parley/gateway-link';
import type { Assignment, Quarantine, QuarantinedRecord, RecordBatch } from '@parley/message-log';
import type { ConversationRow, ConversationStore, InboxStore } from '@parley/message-store';
import { InMemoryGatewayLeases, InMemorySessionRegistry } from '@parley/sessions';
import { RecordedSpans } from '@parley/operability/testing';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { makeRouter } from '../../test/replay/router.js';
import { at, created, message } from '../../test/sample-records.js';
import { PartitionRevoked } from '../storing/persistently.js';
import type { RouteBatch } from './route-batch.js';

/** Takes every frame and notes the verdicts as "id: seq or code". */
class NotingLink extends GatewayLink {
  readonly verdicts: string[] = [];

  override async deliver(_gateway: string, { verdicts }: LinkFrame): Promise<void> {
    for (const { message_id, outcome } of verdicts) {
      this.verdicts.push(`${message_id}: ${outcome.accepted ? outcome.seq : outcome.code}`);
    }
  }
}

const turn = () => new Promise(setImmediate);

describe('the way of a batch', () => {
  let write: (rows: readonly ConversationRow[]) => Promise<void>;
  let quarantined: QuarantinedRecord[];
  let link: NotingLink;
  let router: RouteBatch;
  let assignment: Assignment;
  let traceParent: string | undefined;
  let offset: number;

  beforeAll(() => Logger.overrideLogger(false));
  afterAll(() => Logger.overrideLogger(true));

  beforeEach(() => {
    write = async () => undefined;
    quarantined = [];
    link = new NotingLink();
    assignment = { partition: 0, revoked: false };
    offset = 0;
    traceParent = undefined;
    const conversations = {
      write: (rows: readonly ConversationRow[]) => write(rows),
      readHead: async () => 0,
      readDeduplication: async () => [],
      readSeqs: async () => new Map(),
    };
    const quarantine = {
      add: async (record: QuarantinedRecord) => void quarantined.push(record),
      within: async () => quarantined.map(({ position }) => position),
    };
    router = makeRouter({
      conversations: conversations as unknown as ConversationStore,
      inbox: { write: async () => undefined } as unknown as InboxStore,
      quarantine: quarantine as unknown as Quarantine,
      registry: new InMemorySessionRegistry(new InMemoryGatewayLeases()),
      link,
    });
  });

  /** The records at the next offsets; bytes stand for themselves. */
  function batch(...records: (LogRecord | Uint8Array)[]): RecordBatch {
    const verdictTo = JSON.stringify({ gateway: 'gateway-1', incarnation: '1' });
    const headers = { [VERDICT_TO]: verdictTo, ...(traceParent !== undefined && { [TRACE_PARENT]: traceParent }) };
    const consumed = records.map((record) => {
      const { position, appendedAt } = at(created(), offset++);
      const value = record instanceof Uint8Array ? record : encodeRecord(record);
      return { key: '500', value, headers, position, appendedAt };
    });
    return { topic: ENTRIES_TOPIC, partition: 0, assignment, records: consumed };
  }

  it('goes on with the trace of each record through every stage, and quarantines nothing for a header', async () => {
    const recorded = new RecordedSpans();
    for (const hostile of ['00-canary', `00-${'0'.repeat(32)}-00f067aa0ba902b7-01`, '\0', 'x'.repeat(100_000)]) {
      traceParent = hostile;
      await router.execute(batch(offset === 0 ? created() : message(offset)));
    }
    expect([quarantined, recorded.spans]).toEqual([[], []]);
    expect(link.verdicts).toHaveLength(4);

    traceParent = '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01';
    await router.execute(batch(message(8), message(9)));
    recorded.release();
    const count = (wanted: string) => recorded.spans.filter(({ name }) => name === wanted).length;
    expect(['router_wait', 'judge', 'store', 'heads', 'route', 'link', 'batch'].map(count)).toEqual([
      2, 2, 2, 2, 2, 2, 1,
    ]);
    const [joined] = recorded.spans.filter(({ name }) => name === 'batch');
    expect(joined.attributes).toEqual({ partition: 0, offset: 4, records: 2 });
    expect(joined.links).toHaveLength(1);
  });

  it('ends when all of it is stored and told', async () => {
    const rows: string[] = [];
    write = async (some) => void rows.push(...some.map(({ row }) => row));
    await router.execute(batch(created(), message(1)));
    expect(rows.at(-1)).toBe('head');
    expect(link.verdicts).toEqual(['80001: 1', '70001: 2']);
  });

  it('becomes visible after the batch before it, though its rows are stored first', async () => {
    let storeFirst: () => void = () => undefined;
    const heads: number[] = [];
    write = async (rows) => {
      for (const row of rows) {
        if (row.row === 'head') heads.push(row.last_seq);
        if (row.row === 'entry' && row.seq === 1) await new Promise<void>((resolve) => (storeFirst = resolve));
      }
    };
    const both = Promise.all([router.execute(batch(created())), router.execute(batch(message(1)))]);
    await turn();
    expect(heads).toEqual([]);
    expect(link.verdicts).toEqual([]);
    storeFirst();
    await both;
    expect(heads).toEqual([1, 2]);
    expect(link.verdicts).toEqual(['80001: 1', '70001: 2']);
  });

  it('waits for a store that fails, and neither refuses nor quarantines anything because of it', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout'] });
    try {
      let failures = 3;
      write = async () => {
        if (failures-- > 0) throw new Error('no quorum');
      };
      const done = router.execute(batch(created(), message(1)));
      await vi.advanceTimersByTimeAsync(50 + 100);
      expect(link.verdicts).toEqual([]);
      await vi.advanceTimersByTimeAsync(200);
      await done;
      expect(link.verdicts).toEqual(['80001: 1', '70001: 2']);
      expect(quarantined).toEqual([]);
    } finally {
      vi.useRealTimers();
    }
  });

  it('fails when the partition is revoked meanwhile, and so do the batches behind it', async () => {
    write = async (rows) => {
      if (rows.some((row) => row.row === 'entry' && row.seq === 1)) throw new Error('no quorum');
    };
    assignment.revoked = true;
    const both = [router.execute(batch(created())), router.execute(batch(message(1)))];
    for (const outcome of await Promise.allSettled(both)) {
      expect(outcome).toMatchObject({ status: 'rejected', reason: expect.any(PartitionRevoked) });
    }
    expect(link.verdicts).toEqual([]);
  });

  it('quarantines bytes that are at fault, once, and goes on', async () => {
    const records = batch(created(), Buffer.from('{'), message(1));
    await router.execute(records);
    expect(quarantined).toMatchObject([{ topic: ENTRIES_TOPIC, partition: 0, position: { epoch: 0, offset: 1 } }]);
    await router.execute({ ...records, assignment: { partition: 0, revoked: false } });
    expect(quarantined).toHaveLength(1);
    expect(link.verdicts).toEqual(['80001: 1', '70001: 2', '80001: 1', '70001: 2']);
  });

  it('stays in quarantine on a replay, also where its bytes can be read by now', async () => {
    const records = batch(created(), message(1));
    const [, second] = records.records;
    quarantined.push({ ...second, topic: ENTRIES_TOPIC, partition: 0, reason: 'unknown record version' });
    await router.execute(records);
    expect(link.verdicts).toEqual(['80001: 1']);
  });
});
