import type { GatewayLink } from '@parley/gateway-link';
import type { Quarantine } from '@parley/message-log';
import type { ConversationStore, InboxStore } from '@parley/message-store';
import type { SessionAddress, SessionRegistry } from '@parley/sessions';
import { GatewayQueues } from '../../src/routing/gateway-queues.js';
import { LookUpSessions } from '../../src/routing/look-up-sessions.js';
import { RouteEntries } from '../../src/routing/route-entries.js';
import { JudgeBatch } from '../../src/sequencing/judge-batch.js';
import { LoadConversation } from '../../src/sequencing/load-conversation.js';
import { ReadRecords } from '../../src/sequencing/read-records.js';
import { RouteBatch } from '../../src/sequencing/route-batch.js';
import { StoreEntries } from '../../src/storing/store-entries.js';

export interface RouterPorts {
  conversations: ConversationStore;
  inbox: InboxStore;
  quarantine: Quarantine;
  registry: SessionRegistry;
  link: GatewayLink;
}

/** Parts of the router that a run may put others in the place of. */
export interface RouterParts {
  loadConversation?: LoadConversation;
  storeEntries?: StoreEntries;
}

/** One process's router: the product's classes, composed as its module composes them. */
export function makeRouter(ports: RouterPorts, parts: RouterParts = {}): RouteBatch {
  const { conversations, inbox, quarantine, registry, link } = ports;
  return new RouteBatch(
    new ReadRecords(quarantine),
    new JudgeBatch(conversations, parts.loadConversation ?? new LoadConversation(conversations)),
    parts.storeEntries ?? new StoreEntries(conversations, inbox),
    new RouteEntries(new UnhurriedLookUp(registry), new UnhurriedQueues(link)),
  );
}

/** A frozen process waits however long it takes: deadlines in real time would make runs of one seed differ. */
class UnhurriedLookUp extends LookUpSessions {
  protected override sessionsOf(userIds: readonly string[]): Promise<Map<string, SessionAddress[]>> {
    return this.registry.sessionsOf(userIds);
  }
}

class UnhurriedQueues extends GatewayQueues {
  /** The longest that a timer can be set for. */
  protected override readonly leaseMs = 2 ** 31 - 1;
}
