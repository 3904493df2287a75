import { mkdtempSync, rmSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Global, Module, type Provider } from '@nestjs/common';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { Test } from '@nestjs/testing';
import {
  AuditTrail,
  BlockDirectory,
  ContactDirectory,
  ConversationDirectory,
  DeviceDirectory,
  MuteDirectory,
  OperatorDirectory,
  Outbox,
  TokenFamilies,
  UserDirectory,
} from '@parley/entities';
import { InMemoryDeviceDirectory } from '@parley/entities/testing';
import { EmbeddedQuarantine, LogProgress, MessageLog, Quarantine } from '@parley/message-log';
import { ConversationStore, EmbeddedConversationStore, EmbeddedInboxStore, InboxStore } from '@parley/message-store';
import { OperabilityModule } from '@parley/operability';
import { OrderedStore } from '@parley/ordered-store';
import { InMemoryRateLimits, RateLimits } from '@parley/rate-limits';
import { PendingVerdicts, SendLimits } from '@parley/sending';
import { InMemorySignals, Signals } from '@parley/signals';
import {
  GatewayLeases,
  InMemoryGatewayLeases,
  InMemoryPresenceMarks,
  InMemoryRememberedDevices,
  InMemorySessionRegistry,
  PresenceGrace,
  PresenceMarks,
  RememberedDevices,
  SessionRegistry,
} from '@parley/sessions';
import { Clock, IdSource, InMemoryWorkerLeases, SystemClock } from '@parley/snowflake';
import { AccessTokens } from '@parley/tokens';
import { EphemeralSigningKeys } from '@parley/tokens/testing';
import { ApiModule } from '../src/api.module.js';
import { ApiSettings } from '../src/api-settings.js';
import { configureHttp } from '../src/http/configure-http.js';
import { serveOpenApi } from '../src/http/open-api.js';
import { PageCursors } from '../src/http/page-cursors.js';
import { InMemoryOperators, InMemoryTokenFamilies, InMemoryUserDirectory } from './twins/accounts.js';
import { InMemoryAudit } from './twins/audit.js';
import { InMemoryContacts } from './twins/contacts.js';
import { InMemoryConversations, InMemoryOutbox } from './twins/conversations.js';
import { SequencingLog } from './twins/sequencing-log.js';
import { InMemoryBlocks, InMemoryMutes } from './twins/settings.js';

export interface ApiUnderTest {
  app: NestExpressApplication;
  /** For example `http://127.0.0.1:40123`. */
  origin: string;
  log: SequencingLog;
  close(): Promise<void>;
}

const GENEROUS: ApiSettings = {
  refreshTokenTtlSeconds: 3_600,
  loginsPerAccount: 20,
  loginsPerAddress: 1_000,
  registrationsPerAddress: 1_000,
  devicesPerUser: 10,
};

/**
 * The whole API on a port of its own: relational ports in memory, the embedded stores in a temporary folder, and a log
 * that sequences changes by itself. `providers` replace or add to what stands below it.
 */
export async function startApi(
  settings: Partial<ApiSettings> = {},
  providers: (Provider & { provide: unknown })[] = [],
): Promise<ApiUnderTest> {
  const folder = mkdtempSync(join(tmpdir(), 'parley-api-'));
  const store = OrderedStore.open(folder);
  const ids = new IdSource(new InMemoryWorkerLeases(new SystemClock()), new SystemClock());
  await ids.start();
  const engines = await enginesOver(store, ids, { ...GENEROUS, ...settings }, providers);
  const module = await Test.createTestingModule({ imports: [engines, OperabilityModule, ApiModule] }).compile();
  const app = module.createNestApplication<NestExpressApplication>({ bodyParser: false, logger: false });
  configureHttp(app);
  serveOpenApi(app);
  await app.listen(0, '127.0.0.1');
  const { port } = app.getHttpServer().address() as AddressInfo;
  const close = async (): Promise<void> => {
    await app.close();
    await ids.stop();
    await store.close();
    rmSync(folder, { recursive: true });
  };
  return { app, origin: `http://127.0.0.1:${port}`, log: app.get(MessageLog), close };
}

async function enginesOver(
  store: OrderedStore,
  ids: IdSource,
  settings: ApiSettings,
  replaced: (Provider & { provide: unknown })[],
) {
  const keys = await EphemeralSigningKeys.create();
  const conversationStore = new EmbeddedConversationStore(store);
  const inboxStore = new EmbeddedInboxStore(store);
  const verdicts = new PendingVerdicts('api-under-test');
  const leases = new InMemoryGatewayLeases();
  const unlimited = { perSecond: 1_000, burst: 1_000 };
  const providers: (Provider & { provide: unknown })[] = [
    { provide: ApiSettings, useValue: new ApiSettings(settings) },
    { provide: Clock, useClass: SystemClock },
    { provide: IdSource, useValue: ids },
    { provide: AccessTokens, useValue: new AccessTokens(keys, { issuer: 'parley', audience: 'api', ttlSeconds: 900 }) },
    { provide: PageCursors, useValue: new PageCursors(Buffer.alloc(32, 1)) },
    { provide: PendingVerdicts, useValue: verdicts },
    { provide: SendLimits, useValue: new SendLimits(unlimited, unlimited) },
    { provide: RateLimits, useValue: new InMemoryRateLimits() },
    { provide: Signals, useClass: InMemorySignals },
    { provide: UserDirectory, useClass: InMemoryUserDirectory },
    { provide: DeviceDirectory, useClass: InMemoryDeviceDirectory },
    { provide: PresenceGrace, useValue: new PresenceGrace(10_000) },
    { provide: PresenceMarks, useFactory: () => new InMemoryPresenceMarks() },
    { provide: RememberedDevices, useFactory: () => new InMemoryRememberedDevices() },
    { provide: TokenFamilies, useExisting: InMemoryTokenFamilies },
    { provide: InMemoryTokenFamilies, useClass: InMemoryTokenFamilies },
    {
      provide: OperatorDirectory,
      inject: [UserDirectory, InMemoryTokenFamilies],
      useFactory: (users: UserDirectory, families: InMemoryTokenFamilies) => new InMemoryOperators(users, families),
    },
    { provide: AuditTrail, useClass: InMemoryAudit },
    { provide: ConversationDirectory, useExisting: InMemoryConversations },
    {
      provide: InMemoryConversations,
      inject: [UserDirectory],
      useFactory: (users: UserDirectory) => new InMemoryConversations(users),
    },
    {
      provide: Outbox,
      inject: [InMemoryConversations],
      useFactory: (conversations: InMemoryConversations) => new InMemoryOutbox(conversations),
    },
    {
      provide: BlockDirectory,
      inject: [InMemoryConversations, UserDirectory],
      useFactory: (conversations: InMemoryConversations, users: UserDirectory) =>
        new InMemoryBlocks(conversations, users),
    },
    {
      provide: ContactDirectory,
      inject: [InMemoryConversations],
      useFactory: (conversations: InMemoryConversations) => new InMemoryContacts(conversations),
    },
    { provide: MuteDirectory, useClass: InMemoryMutes },
    { provide: ConversationStore, useValue: conversationStore },
    { provide: InboxStore, useValue: inboxStore },
    { provide: Quarantine, useValue: new EmbeddedQuarantine(store) },
    { provide: LogProgress, useValue: { partitions: async () => [{ partition: 0, committed: 3, end: 5 }] } },
    { provide: GatewayLeases, useValue: leases },
    { provide: SessionRegistry, useValue: new InMemorySessionRegistry(leases) },
    { provide: MessageLog, useValue: new SequencingLog(conversationStore, inboxStore, verdicts) },
  ];
  const given = [...providers.filter(({ provide }) => !replaced.some((one) => one.provide === provide)), ...replaced];
  @Global()
  @Module({ providers: given, exports: given.map(({ provide }) => provide as typeof Clock) })
  class Engines {}
  return Engines;
}
