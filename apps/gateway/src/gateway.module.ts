import { Module } from '@nestjs/common';
import { ReadingModule } from '@parley/reading';
import { SendingModule } from '@parley/sending';
import { OpenSession } from './catch-up/open-session.js';
import { AnswerPull } from './catch-up/answer-pull.js';
import { SyncSession } from './catch-up/sync-session.js';
import { Admission } from './connections/admission.js';
import { Authenticate } from './connections/authenticate.js';
import { ConnectionLifecycle } from './connections/connection-lifecycle.js';
import { Departure } from './connections/departure.js';
import { EndSessions } from './connections/end-sessions.js';
import { RefreshSession } from './connections/refresh-session.js';
import { RevokedLately } from './connections/revoked-lately.js';
import { SessionTable } from './connections/session-table.js';
import { SocketGateway } from './connections/socket.gateway.js';
import { SweepSessions } from './connections/sweep-sessions.js';
import { Acknowledge } from './delivery/acknowledge.js';
import { CursorWriter } from './delivery/cursor-writer.js';
import { Deliver } from './delivery/deliver.js';
import { FrameReceiver } from './delivery/frame-receiver.js';
import { SendMessage } from './sending/send-message.js';

/**
 * The socket face. The composition provides the ports, access tokens, `GatewaySettings`, `DeliveryWindow` and the
 * process's one `PendingVerdicts`, attaches `FrameReceiver` to the gateway link and uses `ParleyIoAdapter`.
 */
@Module({
  imports: [SendingModule, ReadingModule],
  providers: [
    SocketGateway,
    Authenticate,
    Admission,
    ConnectionLifecycle,
    Departure,
    EndSessions,
    SweepSessions,
    SessionTable,
    RevokedLately,
    RefreshSession,
    OpenSession,
    SyncSession,
    AnswerPull,
    SendMessage,
    Acknowledge,
    CursorWriter,
    Deliver,
    FrameReceiver,
  ],
  exports: [FrameReceiver, Admission],
})
export class GatewayModule {}
