import { Module } from '@nestjs/common';
import { GatewayQueues } from './routing/gateway-queues.js';
import { LookUpSessions } from './routing/look-up-sessions.js';
import { RouteEntries } from './routing/route-entries.js';
import { JudgeBatch } from './sequencing/judge-batch.js';
import { LoadConversation } from './sequencing/load-conversation.js';
import { ReadRecords } from './sequencing/read-records.js';
import { RecordsController } from './sequencing/records.controller.js';
import { RouteBatch } from './sequencing/route-batch.js';
import { StoreEntries } from './storing/store-entries.js';

/** Judges, sequences, stores and routes. The composition provides the ports (message store, registry, link, quarantine). */
@Module({
  controllers: [RecordsController],
  providers: [
    RouteBatch,
    ReadRecords,
    JudgeBatch,
    LoadConversation,
    StoreEntries,
    RouteEntries,
    LookUpSessions,
    GatewayQueues,
  ],
})
export class RouterWorkerModule {}
