import { createHash } from 'node:crypto';
import { Injectable, Logger } from '@nestjs/common';
import type { SessionReady } from '@parley/contracts';
import { OpenSession } from '../catch-up/open-session.js';
import { SyncSession } from '../catch-up/sync-session.js';
import { HeldLease } from '../leasing/held-lease.js';
import { Departure } from './departure.js';
import { EndedLately } from './ended-lately.js';
import { GatewaySettings } from './gateway-settings.js';
import type { Session } from './session.js';

/** The life of a session: opened, synced, closed. Whatever goes wrong in it ends this session and no other. */
@Injectable()
export class ConnectionLifecycle {
  private readonly logger = new Logger(ConnectionLifecycle.name);
  private readonly gatewayId: string;

  constructor(
    private readonly openSession: OpenSession,
    private readonly syncSession: SyncSession,
    private readonly departure: Departure,
    private readonly settings: GatewaySettings,
    private readonly endedLately: EndedLately,
    lease: HeldLease,
  ) {
    this.gatewayId = opaque(lease.gateway);
  }

  async open(session: Session): Promise<void> {
    try {
      const { isNew, inbox } = await this.openSession.execute(session);
      // Login or device may have ended after the handshake had looked, and before the session was in the table.
      if (this.endedLately.concerns(session.identity)) session.end('revoked');
      session.emit('session:ready', this.readyEvent(session, isNew));
      await this.syncSession.execute(session, inbox);
    } catch (error) {
      this.logger.error('a session could not be opened', error);
      session.end('gateway_lost_lease');
    }
    // The client may have gone while the session was being put in its place.
    if (session.closed) await this.departure.execute(session);
  }

  async close(session: Session): Promise<void> {
    session.close();
    await this.departure.execute(session);
  }

  private readyEvent({ id, identity }: Session, device_is_new: boolean): SessionReady {
    return {
      session_id: id,
      user_id: identity.device.user_id,
      device_id: identity.device.device_id,
      device_is_new,
      gateway_id: this.gatewayId,
      server_time: new Date().toISOString(),
      limits: this.settings.limits,
    };
  }
}

/** Tells gateways apart; the addresses of the internal network are nobody's business. */
function opaque(address: string): string {
  return createHash('sha256').update(address).digest('hex').slice(0, 8);
}
