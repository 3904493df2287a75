import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EmbeddedConversationStore } from '@parley/message-store';
import { deletionRow, editRow, entryRow, membershipStart } from '@parley/message-store/testing';
import { OrderedStore } from '@parley/ordered-store';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { EntryReader } from './entry-reader.js';
import { SystemReaderClock } from './reader-clock.js';

const ALICE = '901';
const content = { type: 'text' as const, text: 'a canary' };

describe('The text of an edit', () => {
  let folder: string;
  let ordered: OrderedStore;
  let store: EmbeddedConversationStore;
  let reader: EntryReader;

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'deleted-text-'));
    ordered = OrderedStore.open(folder);
    store = new EmbeddedConversationStore(ordered);
    reader = new EntryReader(store, new SystemReaderClock());
  });
  afterAll(async () => {
    await ordered.close();
    rmSync(folder, { recursive: true });
  });

  /** Alice edits her messages 1 and 2 at 3 and 4, and deletes the second one at 5. */
  async function conversation(id: string) {
    const edit = (seq: number, target_seq: number) =>
      entryRow(id, seq, { kind: 'edit', body: { content, target_id: String(70_000 + target_seq), target_seq } });
    const body = { target_id: '70002', target_seq: 2 };
    await store.write([
      membershipStart(id, ALICE, 1),
      ...[entryRow(id, 1), entryRow(id, 2), edit(3, 1), edit(4, 2), entryRow(id, 5, { kind: 'delete', body })],
      ...[editRow(id, 1, 3), editRow(id, 2, 4), deletionRow(id, 2, 5)],
    ]);
    await store.write([{ row: 'head', conversation_id: id, last_seq: 5 }]);
    return reader.open(ALICE, id);
  }

  it('is gone with its message, wherever a page begins, and stays where the message does', async () => {
    const opened = await conversation('500');
    for (const after of [0, 2, 3]) {
      const { entries } = await reader.forward(opened, after, { entries: 100 });
      expect(entries.find(({ entry }) => entry.seq === 4)?.entry).toMatchObject({ kind: 'edit', content: null });
    }
    for (const entries of [2, 100]) {
      const page = await reader.backward(opened, Number.POSITIVE_INFINITY, { entries });
      expect(page.entries.find(({ entry }) => entry.seq === 4)?.entry).toMatchObject({ kind: 'edit', content: null });
    }
    const { entries } = await reader.forward(opened, 2, { entries: 1 });
    expect(entries.map(({ entry }) => entry)).toMatchObject([{ seq: 3, kind: 'edit', content }]);
  });
});
