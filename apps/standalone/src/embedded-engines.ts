import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Provider } from '@nestjs/common';
import type { StandaloneConfig } from '@parley/config';
import { ENTRIES_TOPIC, ROUTER_GROUP } from '@parley/contracts';
import { startEmbeddedPostgres, type EmbeddedPostgres } from '@parley/entities';
import { GatewayLink, InProcessGatewayLink } from '@parley/gateway-link';
import { EmbeddedMessageLog, EmbeddedQuarantine, LogProgress, MessageLog, Quarantine } from '@parley/message-log';
import {
  ConversationStore,
  CursorStore,
  EmbeddedConversationStore,
  EmbeddedCursorStore,
  EmbeddedInboxStore,
  InboxStore,
} from '@parley/message-store';
import { DataFolderLock, OrderedStore } from '@parley/ordered-store';
import { InMemoryRateLimits, RateLimits } from '@parley/rate-limits';
import {
  GatewayLeases,
  InMemoryGatewayLeases,
  InMemoryPresenceMarks,
  InMemoryRememberedDevices,
  InMemorySessionRegistry,
  PresenceMarks,
  RememberedDevices,
  SessionRegistry,
} from '@parley/sessions';
import { InMemorySignals, Signals } from '@parley/signals';
import { FileSigningKeys, openFileSecret, type SigningKeys } from '@parley/tokens';

/**
 * The engines of the embedded default: log and message store in one ordered store, PostgreSQL as a child process, the
 * rest in memory. All data lies in one folder, which one process holds.
 */
export interface EmbeddedEngines {
  postgres: EmbeddedPostgres;
  log: EmbeddedMessageLog;
  link: InProcessGatewayLink;
  signingKeys: SigningKeys;
  cursorSecret: Uint8Array;
  providers: Provider[];
  close(): Promise<void>;
}

/** Opens everything in `DATA_DIR`. Throws, with nothing left running, where something does not open. */
export async function openEmbeddedEngines(config: StandaloneConfig): Promise<EmbeddedEngines> {
  const folder = config.DATA_DIR;
  const lock = DataFolderLock.acquire(folder);
  const opened: (() => Promise<void> | void)[] = [() => lock.release()];
  const close = async () => {
    for (const closeOne of opened.splice(0).toReversed()) await closeOne();
  };
  try {
    checkWhole(folder);
    const store = OrderedStore.open(join(folder, 'messages'));
    opened.push(() => store.close());
    const starting = startEmbeddedPostgres({ dataDir: folder });
    opened.push(async () => (await starting.catch(() => null))?.stop());
    const log = await EmbeddedMessageLog.open(store, { topic: ENTRIES_TOPIC, partitions: config.LOG_PARTITIONS });
    opened.push(() => log.close());
    const signingKeys = await FileSigningKeys.open(join(folder, 'signing-key.json'));
    const cursorSecret = await openFileSecret(join(folder, 'cursor-secret'));
    const postgres = await starting;
    const link = new InProcessGatewayLink();
    return { postgres, log, link, signingKeys, cursorSecret, providers: portsOn(store, log, link), close };
  } catch (error) {
    await close();
    throw error;
  }
}

/**
 * Accounts without the messages that belong to them are no start from nothing. The store is made before the cluster, so a
 * first start that was interrupted never looks like this.
 */
function checkWhole(folder: string): void {
  const messages = join(folder, 'messages', 'data.mdb');
  const hasMessages = existsSync(messages) && statSync(messages).size > 0;
  if (hasMessages || !existsSync(join(folder, 'postgres', 'cluster'))) return;
  throw new Error(`${messages} is missing, though ${folder} holds accounts: restore it, or start with an empty folder`);
}

function portsOn(store: OrderedStore, log: EmbeddedMessageLog, link: InProcessGatewayLink): Provider[] {
  // Gateway and registry are one process: no lease outlives its gateway, so time stands still for them.
  const leases = new InMemoryGatewayLeases(() => 0);
  return [
    { provide: MessageLog, useValue: log },
    { provide: LogProgress, useValue: log.progress(ROUTER_GROUP) },
    { provide: Quarantine, useValue: new EmbeddedQuarantine(store) },
    { provide: ConversationStore, useValue: new EmbeddedConversationStore(store) },
    { provide: InboxStore, useValue: new EmbeddedInboxStore(store) },
    { provide: CursorStore, useValue: new EmbeddedCursorStore(store) },
    { provide: GatewayLink, useValue: link },
    { provide: GatewayLeases, useValue: leases },
    { provide: SessionRegistry, useValue: new InMemorySessionRegistry(leases) },
    { provide: PresenceMarks, useFactory: () => new InMemoryPresenceMarks() },
    { provide: RememberedDevices, useFactory: () => new InMemoryRememberedDevices() },
    { provide: Signals, useClass: InMemorySignals },
    { provide: RateLimits, useFactory: () => new InMemoryRateLimits() },
  ];
}
