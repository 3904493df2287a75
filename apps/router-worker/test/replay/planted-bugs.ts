import type { Assignment, RecordBatch } from '@parley/message-log';
import type { BlockChangeRow, ConversationStore, DeduplicationRow, Membership } from '@parley/message-store';
import { LoadConversation } from '../../src/sequencing/load-conversation.js';
import { ConversationState } from '../../src/sequencing/conversation-state.js';
import type { Sequenced } from '../../src/sequencing/sequence.js';
import { StoreEntries } from '../../src/storing/store-entries.js';
import { RouteBatch } from '../../src/sequencing/route-batch.js';
import type { RowStores } from './engines.js';
import { instead, lastEditWins, lastHeadWins, lastReactionWins } from './planted-in-stores.js';
import { makeRouter, type RouterPorts } from './router.js';

/**
 * Mistakes that the design rules out, one by one, each in the place of a part of the router or of its engines. The replay
 * must notice every one of them: a check that lets one pass checks nothing.
 */
export interface PlantedBug {
  name: string;
  makeRouter?: (ports: RouterPorts) => RouteBatch;
  makeStores?: (stores: RowStores) => RowStores;
  commitsWhatItRead?: true;
}

export const PLANTED_BUGS: readonly PlantedBug[] = [
  {
    name: 'the head is trusted on read-back',
    makeRouter: (ports) => makeRouter(ports, { loadConversation: new HeadTrusting(ports.conversations) }),
  },
  {
    name: 'the head moves before the rows',
    makeRouter: (ports) => makeRouter(ports, { storeEntries: new HeadFirst(ports.conversations, ports.inbox) }),
  },
  {
    name: 'pushes and verdicts do not wait for the head',
    makeRouter: (ports) => makeRouter(ports, { storeEntries: new HeadLater(ports.conversations, ports.inbox) }),
  },
  {
    name: 'nothing is de-duplicated once it is stored',
    makeRouter: (ports) => makeRouter(readingWith(ports, { readDeduplication: async () => [] })),
  },
  {
    name: 'a de-duplication row counts whatever its position',
    makeRouter: (ports) => makeRouter(readingWith(ports, { readDeduplication: withoutPositions(ports.conversations) })),
  },
  {
    name: 'membership is judged as of now',
    makeRouter: (ports) => makeRouter(readingWith(ports, { readMemberships: asOfNow(ports.conversations) })),
  },
  {
    name: 'a block is judged as of now',
    makeRouter: (ports) => makeRouter(readingWith(ports, { readBlockChanges: newestBlock(ports.conversations) })),
  },
  {
    name: 'state is kept across assignments',
    makeRouter: (ports) => new NeverForgetting(makeRouter(ports)) as unknown as RouteBatch,
  },
  { name: 'the head that is written last wins', makeStores: lastHeadWins },
  { name: 'the edit that is written last wins', makeStores: lastEditWins },
  { name: 'the reaction that is written last wins', makeStores: lastReactionWins },
  { name: 'offsets are committed before their records are stored', commitsWhatItRead: true },
];

/** Takes the row at the head for the last one before the record at hand. */
class HeadTrusting extends LoadConversation {
  constructor(private readonly conversations: ConversationStore) {
    super(conversations);
  }

  override execute(conversationId: string): Promise<ConversationState> {
    const endOfLog = { epoch: Number.MAX_SAFE_INTEGER, offset: 0 };
    return new LoadConversation(this.conversations).execute(conversationId, endOfLog);
  }
}

class HeadFirst extends StoreEntries {
  override async storeRows(batch: readonly Sequenced[], blockChanges: readonly BlockChangeRow[]): Promise<void> {
    await super.moveHeads(batch);
    await super.storeRows(batch, blockChanges);
  }

  override async moveHeads(): Promise<void> {}
}

class HeadLater extends StoreEntries {
  override async moveHeads(batch: readonly Sequenced[]): Promise<void> {
    void super.moveHeads(batch);
  }
}

/** Goes on with the state of a partition's first assignment. */
class NeverForgetting {
  private readonly assignments = new Map<number, Assignment>();

  constructor(private readonly router: RouteBatch) {}

  execute(batch: RecordBatch): Promise<void> {
    const assignment = this.assignments.get(batch.partition) ?? batch.assignment;
    this.assignments.set(batch.partition, assignment);
    return this.router.execute({ ...batch, assignment });
  }
}

function readingWith(ports: RouterPorts, reads: Partial<ConversationStore>): RouterPorts {
  return { ...ports, conversations: instead(ports.conversations, reads) };
}

function withoutPositions(store: ConversationStore): ConversationStore['readDeduplication'] {
  return async (conversationId, keys): Promise<DeduplicationRow[]> => {
    const rows = await store.readDeduplication(conversationId, keys);
    return rows.map((row) => ({ ...row, position: { epoch: 0, offset: -1 } }));
  };
}

function asOfNow(store: ConversationStore): ConversationStore['readMemberships'] {
  return async (conversationId): Promise<Membership[]> => {
    const memberships = await store.readMemberships(conversationId);
    return memberships.map((each) => ({ ...each, end_by_seq: each.to_seq === null ? null : 0 }));
  };
}

/** Says of the newest block change that it stood before everything. */
function newestBlock(store: ConversationStore): ConversationStore['readBlockChanges'] {
  return async (conversationId): Promise<BlockChangeRow[]> => {
    const rows = await store.readBlockChanges(conversationId, { limit: 1 });
    return rows.map((row) => ({ ...row, position: { epoch: 0, offset: -1 } }));
  };
}
