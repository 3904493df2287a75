import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { OrderedStore } from '@parley/ordered-store';
import { conversationStoreContract } from '../testing/conversation-store.contract.js';
import { cursorStoreContract } from '../testing/cursor-store.contract.js';
import { inboxStoreContract } from '../testing/inbox-store.contract.js';
import { entryRow } from '../testing/sample-rows.js';
import { EmbeddedConversationStore } from './embedded-conversation-store.js';
import { EmbeddedCursorStore } from './embedded-cursor-store.js';
import { EmbeddedInboxStore } from './embedded-inbox-store.js';

let folder: string;
let store: OrderedStore;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'message-store-'));
  store = OrderedStore.open(folder);
});

afterAll(async () => {
  await store.close();
  rmSync(folder, { recursive: true });
});

conversationStoreContract('EmbeddedConversationStore', async () => new EmbeddedConversationStore(store));
inboxStoreContract('EmbeddedInboxStore', async () => new EmbeddedInboxStore(store));
cursorStoreContract('EmbeddedCursorStore', async () => new EmbeddedCursorStore(store));

describe('the embedded stores', () => {
  const device = { user_id: '901', device_id: 'phone', generation: '1' };

  it('hold what was written when the folder is opened again', async () => {
    await new EmbeddedConversationStore(store).write([entryRow('7', 1)]);
    await new EmbeddedInboxStore(store).write([
      { user_id: '901', conversation_id: '7', at: 1, joined: { from_seq: 1, floor_n: 0 } },
    ]);
    await new EmbeddedCursorStore(store).initialise(device, new Map([['7', 1]]));
    await store.close();
    store = OrderedStore.open(folder);
    const conversations = new EmbeddedConversationStore(store);
    expect(await conversations.readSeqs('7', ['70001'])).toEqual(new Map([['70001', 1]]));
    expect(await new EmbeddedInboxStore(store).readRow('901', '7')).toMatchObject({ from_seq: 1 });
    expect(await new EmbeddedCursorStore(store).readCursors(device)).toEqual(new Map([['7', 1]]));
  });

  it('reject what cannot be written any more', async () => {
    const closed = OrderedStore.open(join(folder, 'closed'));
    const conversations = new EmbeddedConversationStore(closed);
    await closed.close();
    await expect(conversations.write([entryRow('7', 2)])).rejects.toThrow('closed');
  });
});
