import { randomUUID } from 'node:crypto';
import { Injectable, Logger } from '@nestjs/common';
import type { SessionReady } from '@parley/contracts';
import { PendingVerdicts } from '@parley/sending';
import type { Socket } from 'socket.io';
import { OpenSession } from '../catch-up/open-session.js';
import { SyncSession } from '../catch-up/sync-session.js';
import { Departure } from './departure.js';
import { GatewaySettings } from './gateway-settings.js';
import { RevokedLately } from './revoked-lately.js';
import { Session, type Identity } from './session.js';

/** The life of a session: opened, synced, closed. Whatever goes wrong in it ends this session and no other. */
@Injectable()
export class ConnectionLifecycle {
  private readonly logger = new Logger(ConnectionLifecycle.name);

  constructor(
    private readonly openSession: OpenSession,
    private readonly syncSession: SyncSession,
    private readonly departure: Departure,
    private readonly settings: GatewaySettings,
    private readonly process: PendingVerdicts,
    private readonly revokedLately: RevokedLately,
  ) {}

  create(socket: Socket, identity: Identity): Session {
    const { gateway, incarnation } = this.process.address;
    const { user_id, device_id } = identity.device;
    return new Session(socket, identity, { user_id, device_id, gateway, incarnation, session_id: randomUUID() });
  }

  async open(session: Session): Promise<void> {
    try {
      const { isNew, inbox } = await this.openSession.execute(session);
      // The login may have been revoked after the handshake had looked, and before the session was in the table.
      if (this.revokedLately.has(session.identity.family)) session.end('revoked');
      session.emit('session:ready', this.readyEvent(session, isNew));
      await this.syncSession.execute(session, inbox);
    } catch (error) {
      this.logger.error(`session ${session.id} could not be opened: ${String(error)}`);
      session.end('gateway_lost_lease');
    }
    // The client may have gone while the session was being put in its place.
    if (session.closed) await this.departure.execute(session);
  }

  async close(session: Session): Promise<void> {
    session.close();
    await this.departure.execute(session);
  }

  private readyEvent({ id, address }: Session, device_is_new: boolean): SessionReady {
    return {
      session_id: id,
      user_id: address.user_id,
      device_id: address.device_id,
      device_is_new,
      gateway_id: address.gateway,
      server_time: new Date().toISOString(),
      limits: this.settings.limits,
    };
  }
}
