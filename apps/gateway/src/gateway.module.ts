import { Module } from '@nestjs/common';
import { ReadingModule } from '@parley/reading';
import { SendingModule } from '@parley/sending';
import { ReadPresence } from '@parley/sessions';
import { OpenSession } from './catch-up/open-session.js';
import { AnswerPull } from './catch-up/answer-pull.js';
import { SyncSession } from './catch-up/sync-session.js';
import { CompareInTurns } from './comparing/compare-in-turns.js';
import { CompareSessions } from './comparing/compare-sessions.js';
import { Admission } from './connections/admission.js';
import { Authenticate } from './connections/authenticate.js';
import { ConnectionLifecycle } from './connections/connection-lifecycle.js';
import { Departure } from './connections/departure.js';
import { EndedLately } from './connections/ended-lately.js';
import { EndSessions } from './connections/end-sessions.js';
import { LastSeen } from './connections/last-seen.js';
import { MeasureSessions } from './connections/measure-sessions.js';
import { RecheckSessions } from './connections/recheck-sessions.js';
import { RefreshSession } from './connections/refresh-session.js';
import { SessionTable } from './connections/session-table.js';
import { SocketGateway } from './connections/socket.gateway.js';
import { SocketSessions } from './connections/socket-sessions.js';
import { SweepSessions } from './connections/sweep-sessions.js';
import { Acknowledge } from './delivery/acknowledge.js';
import { CursorWriter } from './delivery/cursor-writer.js';
import { Deliver } from './delivery/deliver.js';
import { FrameReceiver } from './delivery/frame-receiver.js';
import { DrainGateway } from './draining/drain-gateway.js';
import { HeldLease } from './leasing/held-lease.js';
import { KeepLease } from './leasing/keep-lease.js';
import { PlaceNews } from './leasing/place-news.js';
import { SessionPlaces } from './leasing/session-places.js';
import { ReadMarksGateway } from './reading/read-marks.gateway.js';
import { ShowReceipts } from './reading/show-receipts.js';
import { Contacts } from './presence/contacts.js';
import { FollowPresence } from './presence/follow-presence.js';
import { PresenceGateway } from './presence/presence.gateway.js';
import { RepairPresence } from './presence/repair-presence.js';
import { SetPresence } from './presence/set-presence.js';
import { WatchPresence } from './presence/watch-presence.js';
import { WatchedUsers } from './presence/watched-users.js';
import { MessagesGateway } from './sending/messages.gateway.js';
import { SendMessage } from './sending/send-message.js';
import { TellTyping } from './typing/tell-typing.js';
import { TypingGateway } from './typing/typing.gateway.js';
import { TypingReceiver } from './typing/typing-receiver.js';

/**
 * The socket face. The composition provides the ports, access tokens, `GatewaySettings`, `DeliveryWindow` and the
 * process's one `PendingVerdicts`, whose name is the gateway's address on the link; it attaches `FrameReceiver` to the
 * link and uses `ParleyIoAdapter`.
 */
@Module({
  imports: [SendingModule, ReadingModule],
  providers: [
    SocketGateway,
    MessagesGateway,
    SocketSessions,
    Authenticate,
    Admission,
    ConnectionLifecycle,
    Departure,
    EndSessions,
    SweepSessions,
    RecheckSessions,
    LastSeen,
    SessionTable,
    MeasureSessions,
    EndedLately,
    RefreshSession,
    OpenSession,
    SyncSession,
    AnswerPull,
    SendMessage,
    ReadMarksGateway,
    ShowReceipts,
    Acknowledge,
    CursorWriter,
    Deliver,
    FrameReceiver,
    CompareSessions,
    CompareInTurns,
    HeldLease,
    PlaceNews,
    SessionPlaces,
    KeepLease,
    DrainGateway,
    PresenceGateway,
    WatchedUsers,
    WatchPresence,
    SetPresence,
    FollowPresence,
    RepairPresence,
    Contacts,
    ReadPresence,
    TypingGateway,
    TellTyping,
    TypingReceiver,
  ],
  exports: [FrameReceiver, Admission],
})
export class GatewayModule {}
