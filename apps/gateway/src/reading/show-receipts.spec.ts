import type { InboxRow, InboxStore } from '@parley/message-store';
import type { ReceiptAudience } from '@parley/reading';
import { InMemorySignals } from '@parley/signals';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { FleetUnderTest } from '../../test/fleet-under-test.js';
import { GatewayUnderTest } from '../../test/gateway-under-test.js';
import type { SessionUnderTest } from '../../test/sessions-under-test.js';
import { ShowReceipts } from './show-receipts.js';

const CHAT = '7';
const ALICE = '1';

describe('ShowReceipts', () => {
  let signals: InMemorySignals;
  let gateway: GatewayUnderTest;
  let row: InboxRow | null;
  let readRow: ReturnType<typeof vi.fn<InboxStore['readRow']>>;
  let others: string[] | null;
  let showReceipts: ShowReceipts;

  beforeEach(() => {
    vi.useFakeTimers();
    signals = new InMemorySignals();
    gateway = new GatewayUnderTest(new FleetUnderTest(), signals, 'gateway-a:1');
    row = rowAt(0, 0);
    readRow = vi.fn<InboxStore['readRow']>(async () => row && { ...row });
    others = ['2', '3'];
    const audience = { of: async () => others } as unknown as ReceiptAudience;
    const inbox = { readRow } as unknown as InboxStore;
    showReceipts = new ShowReceipts(gateway.sessions, inbox, audience, signals, gateway.lease);
    showReceipts.onApplicationBootstrap();
  });
  afterEach(() => {
    showReceipts.beforeApplicationShutdown();
    vi.useRealTimers();
  });

  function rowAt(delivered_seq: number, read_seq: number, to_seq: number | null = null): InboxRow {
    const head = { last_seq: 99, last_n: 98, last_message_seq: 99, last_activity_at: 1 };
    return { conversation_id: CHAT, from_seq: 1, floor_n: 0, to_seq, ...head, read_seq, read_n: 0, delivered_seq };
  }
  async function open(userId: string, deviceId?: string): Promise<SessionUnderTest> {
    const opened = await gateway.open({ userId, deviceId });
    opened.session.outbound.open();
    return opened;
  }
  async function signal(...sessions: SessionUnderTest[]): Promise<void> {
    const session_ids = sessions.map(({ session }) => session.id);
    const receipt = { type: 'receipt', conversation_id: CHAT, user_id: ALICE, session_ids } as const;
    await signals.publish(receipt, 'gateway:gateway-a:1');
    await vi.advanceTimersByTimeAsync(0);
  }
  const heard = ({ told }: SessionUnderTest) =>
    told
      .filter(({ event }) => event === 'receipt')
      .map(({ payload }) => {
        const { delivered_seq, read_seq } = payload as InboxRow;
        return [delivered_seq, read_seq];
      });

  it('tells the sessions that are named how far the user has got by now', async () => {
    const [bob, carol] = [await open('2'), await open('3')];
    row = rowAt(12, 7);
    await signal(bob);
    const receipt = { conversation_id: CHAT, user_id: ALICE, delivered_seq: 12, read_seq: 7 };
    expect(bob.told.at(-1)).toEqual({ event: 'receipt', payload: receipt });
    expect(heard(carol)).toEqual([]);
  });

  it('tells nobody who may not see it any more when the marks are read, whatever was announced before', async () => {
    const [bob, tablet] = [await open('2'), await open(ALICE, 'tablet')];
    row = rowAt(12, 7);
    others = [];
    await signal(bob, tablet);
    expect([heard(bob), heard(tablet)]).toEqual([[], [[12, 7]]]);
  });

  it('tells a client at most once a second, whatever many gateways announce, and the last state in the end', async () => {
    const [bob, carol] = [await open('2'), await open('3')];
    for (let seq = 1; seq <= 3_000; seq++) {
      row = rowAt(seq, 0);
      await signal(bob);
      if (seq === 1) await signal(carol);
      await vi.advanceTimersByTimeAsync(1);
    }
    await vi.advanceTimersByTimeAsync(10_000);
    expect(heard(bob).length).toBeLessThanOrEqual(4);
    expect(heard(bob).at(-1)).toEqual([3_000, 0]);
    expect(heard(carol).length).toBe(1);
  });

  it('never tells less than before, in whatever order the store answers and signals come', async () => {
    const bob = await open('2');
    let release = (): void => undefined;
    const seen = rowAt(3, 3);
    readRow.mockImplementationOnce(() => new Promise((resolve) => (release = () => resolve(seen))));
    await signal(bob);
    row = rowAt(9, 9);
    await signal(bob);
    await vi.advanceTimersByTimeAsync(5_000);
    expect(heard(bob)).toEqual([]);
    release();
    await vi.advanceTimersByTimeAsync(1_000);
    expect(heard(bob)).toEqual([
      [3, 3],
      [9, 9],
    ]);
  });

  it('tells nothing of a user who has left, or whose row is gone', async () => {
    const bob = await open('2');
    row = rowAt(5, 5, 6);
    await signal(bob);
    row = null;
    await vi.advanceTimersByTimeAsync(1_000);
    await signal(bob);
    expect(heard(bob)).toEqual([]);
  });

  it('tells nobody before session:ready, nobody who has gone, and nobody who does not read', async () => {
    const early = await gateway.open({ userId: '2' });
    const [gone, slow] = [await open('3'), await open('4')];
    await gateway.close(gone);
    vi.spyOn(slow.session, 'backlogBytes', 'get').mockReturnValue(100_000);
    await signal(early, gone, slow);
    expect([early, gone, slow].flatMap(heard)).toEqual([]);
  });

  it('reads nothing where none of the sessions is here', async () => {
    await signal();
    const elsewhere = await open('2');
    await gateway.close(elsewhere);
    await signal(elsewhere);
    expect(readRow).not.toHaveBeenCalled();
  });
});
