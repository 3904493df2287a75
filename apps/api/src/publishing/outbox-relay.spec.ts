import { Logger } from '@nestjs/common';
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { decodeRecord, VERDICT_TO } from '@parley/contracts';
import { Outbox, type OutboxRow } from '@parley/entities';
import { MessageLog, type RecordToAppend } from '@parley/message-log';
import { OutboxRelay } from './outbox-relay.js';

class ListedOutbox extends Outbox {
  rows: OutboxRow[] = [];
  isFree = true;
  failures = 0;

  async tryBecomeRelay(): Promise<boolean> {
    return this.isFree;
  }

  async unpublished(limit: number): Promise<OutboxRow[]> {
    if (this.failures-- > 0) throw new Error('the connection is gone');
    return this.rows.slice(0, limit);
  }

  async markPublished(ids: readonly string[]): Promise<void> {
    this.rows = this.rows.filter((row) => !ids.includes(row.outbox_id));
  }
}

/** Takes each record after a short while, or refuses it where `refuse` says so. */
class SlowLog extends MessageLog {
  readonly partitions = 1;
  readonly taken: { key: string; version: number; headers: Record<string, string> | undefined }[] = [];
  refuse: (version: number) => boolean = () => false;
  private readonly inFlight = new Map<string, number>();
  mostOfOneConversation = 0;
  mostConversations = 0;

  async append({ key, value, headers }: RecordToAppend) {
    this.inFlight.set(key, (this.inFlight.get(key) ?? 0) + 1);
    this.mostOfOneConversation = Math.max(this.mostOfOneConversation, ...this.inFlight.values());
    this.mostConversations = Math.max(this.mostConversations, this.inFlight.size);
    await new Promise((resolve) => setTimeout(resolve, 1));
    this.inFlight.delete(key);
    const record = decodeRecord(value);
    if (!record.ok || record.value.type !== 'change') throw new Error('not a change');
    if (this.refuse(record.value.version)) throw new Error('publish deadline');
    this.taken.push({ key, version: record.value.version, headers });
    return { epoch: 0, offset: this.taken.length };
  }
}

let serial = 0;
function row(conversation_id: string, version: number): OutboxRow {
  serial += 1;
  return {
    outbox_id: String(serial),
    conversation_id,
    version,
    message_id: String(1_000 + serial),
    actor_id: '1',
    change: 'title_changed',
    conversation_kind: null,
    members: null,
    user_id: null,
    role: null,
    title: `Title ${version}`,
    reply_to: { gateway: 'api-1', incarnation: 'a' },
  };
}

let outbox: ListedOutbox;
let log: SlowLog;
let relay: OutboxRelay;
const versionsOf = (key: string) => log.taken.filter((one) => one.key === key).map((one) => one.version);

beforeAll(() => Logger.overrideLogger(false));

beforeEach(() => {
  outbox = new ListedOutbox();
  log = new SlowLog();
  relay = new OutboxRelay(outbox, log);
});

afterEach(() => relay.beforeApplicationShutdown());

describe('OutboxRelay', () => {
  it('publishes what a crash left behind, each version once, with the address of whoever waits', async () => {
    outbox.rows = [row('10', 1), row('10', 2), row('20', 7)];
    relay.onApplicationBootstrap();
    await vi.waitFor(() => expect(outbox.rows).toEqual([]));
    expect(versionsOf('10')).toEqual([1, 2]);
    expect(versionsOf('20')).toEqual([7]);
    expect(log.taken[0]?.headers).toEqual({ [VERDICT_TO]: '{"gateway":"api-1","incarnation":"a"}' });
  });

  it('is woken well before its next poll', async () => {
    relay.onApplicationBootstrap();
    await new Promise((resolve) => setTimeout(resolve, 20));
    outbox.rows = [row('10', 1)];
    const before = performance.now();
    relay.wake();
    await vi.waitFor(() => expect(versionsOf('10')).toEqual([1]), { interval: 5 });
    expect(performance.now() - before).toBeLessThan(250);
  });

  it('appends a version only after the one before it, and other conversations beside it', async () => {
    for (let version = 1; version <= 5; version++) {
      for (let key = 1; key <= 40; key++) outbox.rows.push(row(String(key), version));
    }
    relay.onApplicationBootstrap();
    await vi.waitFor(() => expect(outbox.rows).toEqual([]));
    for (let key = 1; key <= 40; key++) expect(versionsOf(String(key))).toEqual([1, 2, 3, 4, 5]);
    expect(log.mostOfOneConversation).toBe(1);
    expect(log.mostConversations).toBe(16);
  });

  it('never lets a later version overtake one that the log refused, and tries again', async () => {
    let refusals = 2;
    log.refuse = (version) => version === 2 && refusals-- > 0;
    outbox.rows = [row('10', 1), row('10', 2), row('10', 3), row('20', 1)];
    relay.onApplicationBootstrap();
    await vi.waitFor(() => expect(outbox.rows).toEqual([]), { timeout: 3_000 });
    expect(versionsOf('10')).toEqual([1, 2, 3]);
    expect(versionsOf('20')).toEqual([1]);
  });

  it('takes over when the place becomes free, and asks again for it after losing the database', async () => {
    outbox.isFree = false;
    outbox.rows = [row('10', 1)];
    relay.onApplicationBootstrap();
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(log.taken).toEqual([]);
    outbox.isFree = true;
    outbox.failures = 1;
    relay.wake();
    await vi.waitFor(() => expect(versionsOf('10')).toEqual([1]), { timeout: 3_000 });
  });

  it('stops after publishing what was decided before', async () => {
    relay.onApplicationBootstrap();
    await new Promise((resolve) => setTimeout(resolve, 20));
    outbox.rows = [row('10', 1)];
    await relay.beforeApplicationShutdown();
    expect(versionsOf('10')).toEqual([1]);
  });
});
