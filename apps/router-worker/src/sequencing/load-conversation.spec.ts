import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { LogRecord } from '@parley/contracts';
import { EmbeddedConversationStore, type ConversationRow } from '@parley/message-store';
import { OrderedStore } from '@parley/ordered-store';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ALICE, at, block, BOB, CAROL, change, created, message } from '../../test/sample-records.js';
import { ConversationState } from './conversation-state.js';
import { judge } from './judge.js';
import { LoadConversation } from './load-conversation.js';

const NOTHING_KNOWN = { keys: new Map(), targets: new Map() };

describe('a conversation that is read back', () => {
  let folder: string;
  let environment: OrderedStore;
  let store: EmbeddedConversationStore;
  let load: LoadConversation;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'load-conversation-'));
    environment = OrderedStore.open(folder);
    store = new EmbeddedConversationStore(environment);
    load = new LoadConversation(store);
  });

  afterEach(async () => {
    await environment.close();
    rmSync(folder, { recursive: true });
  });

  /** Reads records at offsets 0, 1, 2...; their state is what a router that never stopped would have. */
  function read(records: readonly LogRecord[]): { state: ConversationState; rows: ConversationRow[] } {
    const state = new ConversationState('500');
    const rows = records.flatMap((record, offset): ConversationRow[] => {
      const { sequenced, blockChange } = judge(state, at(record, offset), NOTHING_KNOWN);
      return sequenced?.rows ?? (blockChange ? [blockChange] : []);
    });
    return { state, rows };
  }

  async function storeAll(records: readonly LogRecord[]): Promise<void> {
    const { state, rows } = read(records);
    await store.write([...rows, { row: 'head', conversation_id: '500', last_seq: state.lastSeq }]);
  }

  function loadBefore(offset: number): Promise<ConversationState> {
    return load.execute('500', { epoch: 0, offset });
  }

  function expectSame(found: ConversationState, expected: ConversationState): void {
    expect({ ...found }).toEqual({ ...expected, unstored: 0, unstoredKeys: new Map(), unstoredTargets: new Map() });
  }

  const history: LogRecord[] = [
    created(),
    message(1),
    change(2, 'member_joined', { user_id: CAROL, role: 'member' }),
    message(2, { sender_id: CAROL }),
    change(3, 'role_changed', { user_id: CAROL, role: 'admin' }),
    change(4, 'member_removed', { user_id: CAROL }),
    message(3, { sender_id: BOB }),
    change(5, 'member_joined', { user_id: CAROL, role: 'member' }),
    change(6, 'deleted'),
  ];

  it('is new when nothing is stored', async () => {
    expectSame(await loadBefore(5), new ConversationState('500'));
  });

  it('is as of the record at hand, wherever the head stands', async () => {
    await storeAll(history);
    for (let offset = 0; offset <= history.length; offset++) {
      expectSame(await loadBefore(offset), read(history.slice(0, offset)).state);
    }
  });

  it('is as blocked as it was then, however many changes came since', async () => {
    const turns = Array.from({ length: 60 }, (_, index) => block(index + 2, index % 2 === 0));
    const direct = [created({ conversation_kind: 'direct' }), message(1), ...turns, message(2), ...[block(62, true)]];
    await storeAll(direct);
    for (let offset = 1; offset <= direct.length; offset++) {
      expectSame(await loadBefore(offset), read(direct.slice(0, offset)).state);
    }
  });

  it('does not trust rows above the head: they belong to a tail that is replayed', async () => {
    await storeAll(history.slice(0, 4));
    const { rows } = read(history.slice(0, 6));
    await store.write(rows.filter((row) => row.row === 'membership-end' || row.row === 'membership-start'));
    expectSame(await loadBefore(4), read(history.slice(0, 4)).state);
  });

  it('descends as far as it must', async () => {
    const long = [created(), ...Array.from({ length: 170 }, (_, index) => message(index + 1))];
    await storeAll(long);
    for (const offset of [171, 122, 121, 120, 71, 1]) expect((await loadBefore(offset)).lastSeq).toBe(offset);
  });

  it('knows the visible past of those who were members before', async () => {
    await storeAll(history);
    const state = await loadBefore(history.length);
    const seen = (userId: string) => [1, 2, 3, 4, 5, 6, 7, 8, 9, 10].filter((seq) => state.sees(userId, seq));
    expect(seen(ALICE)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9]);
    expect(seen(CAROL)).toEqual([3, 4, 5, 6, 8, 9]);
  });
});
