import type { BlockChangeRow, ConversationStore, Membership } from '@parley/message-store';
import { InMemoryGatewayLeases, InMemorySessionRegistry, type SessionAddress } from '@parley/sessions';
import { InMemorySignals, type ReceiptSignal } from '@parley/signals';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { AnnounceReceipts } from './announce-receipts.js';
import { ReceiptAudience } from './receipt-audience.js';

const ALICE = '1';
const CHAT = '7';

describe('AnnounceReceipts', () => {
  let memberships: Membership[];
  let blocks: BlockChangeRow[];
  let readMemberships: ReturnType<typeof vi.fn<() => Promise<Membership[]>>>;
  let leases: InMemoryGatewayLeases;
  let registry: InMemorySessionRegistry;
  /** What was heard on each gateway. */
  let heard: Map<string, ReceiptSignal[]>;
  let receipts: AnnounceReceipts;

  beforeEach(async () => {
    vi.useFakeTimers({ now: 1_000_000 });
    memberships = ['1', '2', '3'].map((id) => member(id));
    blocks = [];
    readMemberships = vi.fn(async () => memberships);
    leases = new InMemoryGatewayLeases(() => 0);
    registry = new InMemorySessionRegistry(leases);
    const signals = new InMemorySignals();
    heard = new Map();
    for (const gateway of ['gateway-a', 'gateway-b']) {
      await leases.take({ gateway, incarnation: 'first' });
      const signalsHere: ReceiptSignal[] = [];
      heard.set(gateway, signalsHere);
      signals.follow(`gateway:${gateway}`, (signal) => signal.type === 'receipt' && signalsHere.push(signal));
    }
    const store = { readMemberships, readBlockChanges: async () => blocks } as unknown as ConversationStore;
    receipts = new AnnounceReceipts(new ReceiptAudience(store), registry, signals);
  });
  afterEach(() => vi.useRealTimers());

  function member(user_id: string, to_seq: number | null = null): Membership {
    return { user_id, from_seq: 1, to_seq, end_by_seq: to_seq, role: 'member' };
  }
  async function connect(user_id: string, device_id: string, gateway = 'gateway-a'): Promise<void> {
    const session_id = `${user_id}/${device_id}`;
    const session: SessionAddress = { user_id, device_id, gateway, incarnation: 'first', session_id, connected_at: 1 };
    await registry.register(session);
  }
  const announce = async (deviceId: string | null = 'phone') => {
    receipts.request(ALICE, CHAT, deviceId);
    await vi.advanceTimersByTimeAsync(0);
  };
  const told = (gateway = 'gateway-a') => (heard.get(gateway) ?? []).map(({ session_ids }) => session_ids);

  it("reaches the other members and the user's other devices, on the gateways where they are", async () => {
    await connect(ALICE, 'phone');
    await connect(ALICE, 'laptop', 'gateway-b');
    await connect('2', 'phone');
    await connect('2', 'tablet', 'gateway-b');
    await connect('9', 'phone');
    await announce();
    expect(heard.get('gateway-a')).toEqual([
      { type: 'receipt', conversation_id: CHAT, user_id: ALICE, session_ids: ['2/phone'] },
    ]);
    expect(told('gateway-b')).toEqual([['1/laptop', '2/tablet']]);
  });

  it('reaches all devices of the user where marks were moved by REST, or by two of them at once', async () => {
    for (const device of ['phone', 'laptop']) await connect(ALICE, device);
    await announce(null);
    expect(told()).toEqual([['1/phone', '1/laptop']]);
    receipts.request(ALICE, CHAT, 'phone');
    receipts.request(ALICE, CHAT, 'laptop');
    await vi.advanceTimersByTimeAsync(1_000);
    expect(told().slice(1)).toEqual([['1/phone', '1/laptop']]);
  });

  it('is made at most once a second, however many marks are moved, and once after the last', async () => {
    await connect('2', 'phone');
    for (let ms = 0; ms < 3_000; ms++) {
      receipts.request(ALICE, CHAT, 'phone');
      await vi.advanceTimersByTimeAsync(1);
    }
    await vi.advanceTimersByTimeAsync(10_000);
    expect(told()).toHaveLength(4);
    expect(readMemberships).toHaveBeenCalledTimes(4);
  });

  it('is no signal where nobody else is connected', async () => {
    await connect(ALICE, 'phone');
    await announce();
    expect([told(), told('gateway-b')]).toEqual([[], []]);
  });

  it('reaches former members no more, and is none of a former member', async () => {
    memberships = [member(ALICE), member('2', 9), member('3')];
    for (const user of ['2', '3']) await connect(user, 'phone');
    await announce();
    expect(told()).toEqual([['3/phone']]);
    memberships = [member(ALICE, 12), member('3')];
    await vi.advanceTimersByTimeAsync(1_000);
    await announce();
    expect(told()).toHaveLength(1);
  });

  it('stays with the user in a conversation of 33 members, which are not read each time', async () => {
    memberships = Array.from({ length: 33 }, (_, index) => member(String(index + 1)));
    for (const [user, device] of [
      [ALICE, 'laptop'],
      ['2', 'phone'],
    ] as const) {
      await connect(user, device);
    }
    for (let second = 0; second < 3; second++) {
      await announce();
      await vi.advanceTimersByTimeAsync(1_000);
    }
    expect(told()).toEqual([['1/laptop'], ['1/laptop'], ['1/laptop']]);
    expect(readMemberships).toHaveBeenCalledTimes(1);
    memberships = memberships.slice(0, 32);
    await vi.advanceTimersByTimeAsync(60_000);
    await announce();
    expect(told().at(-1)).toEqual(['1/laptop', '2/phone']);
  });

  it('stays with the user in a direct conversation while either blocks the other', async () => {
    memberships = [member(ALICE), member('2')];
    await connect(ALICE, 'laptop');
    await connect('2', 'phone');
    const change = {
      row: 'block-change',
      conversation_id: CHAT,
      version: 2,
      position: [0, 1],
    } as never as BlockChangeRow;
    blocks = [{ ...change, is_blocked: true }];
    await announce();
    blocks = [{ ...change, is_blocked: false }];
    await vi.advanceTimersByTimeAsync(1_000);
    await announce();
    expect(told()).toEqual([['1/laptop'], ['1/laptop', '2/phone']]);
  });

  it('harms nobody when an engine is away, and is made again with the next mark', async () => {
    await connect('2', 'phone');
    readMemberships.mockRejectedValueOnce(new Error('no quorum'));
    await announce();
    await vi.advanceTimersByTimeAsync(1_000);
    await announce();
    expect(told()).toEqual([['2/phone']]);
  });
});
