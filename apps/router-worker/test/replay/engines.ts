import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EmbeddedQuarantine, type Quarantine } from '@parley/message-log';
import {
  EmbeddedConversationStore,
  EmbeddedCursorStore,
  EmbeddedInboxStore,
  type ConversationStore,
  type CursorStore,
  type InboxStore,
} from '@parley/message-store';
import { OrderedStore } from '@parley/ordered-store';

/** Where the rows of a run are. */
export interface RowStores {
  conversations: ConversationStore;
  inbox: InboxStore;
  cursors: CursorStore;
  quarantine: Quarantine;
}

/**
 * The embedded engines of many runs: the log and what an uninterrupted run makes of it in one environment, what a run with
 * faults makes of it in another. No two seeds share an id, so they share the environments.
 */
export class ReplayEngines {
  readonly log: OrderedStore;
  readonly uninterrupted: RowStores;
  readonly chaotic: RowStores;
  private readonly folder = mkdtempSync(join(tmpdir(), 'replay-'));
  private readonly second: OrderedStore;

  constructor() {
    this.log = OrderedStore.open(join(this.folder, 'uninterrupted'));
    this.second = OrderedStore.open(join(this.folder, 'chaotic'));
    this.uninterrupted = rowStores(this.log);
    this.chaotic = rowStores(this.second);
  }

  async close(): Promise<void> {
    await Promise.all([this.log.close(), this.second.close()]);
    rmSync(this.folder, { recursive: true });
  }
}

function rowStores(store: OrderedStore): RowStores {
  return {
    conversations: new EmbeddedConversationStore(store),
    inbox: new EmbeddedInboxStore(store),
    cursors: new EmbeddedCursorStore(store),
    quarantine: new EmbeddedQuarantine(store),
  };
}
