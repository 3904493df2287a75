import type { Socket } from 'socket.io';
import type { SessionClosed, SessionEnd } from '@parley/contracts';
import type { DeviceKey } from '@parley/message-store';
import type { SessionAddress } from '@parley/sessions';
import { Outbound } from '../delivery/outbound.js';

/** What the handshake established about a connection. */
export interface Identity {
  userId: string;
  device: DeviceKey;
  /** The login that the access token came from. */
  family: string;
  /** When the access token ends, in milliseconds since 1970. */
  expiresAt: number;
  /** What the client says it holds; can only raise the start of the sync. */
  afterSeq: Readonly<Record<string, number>>;
}

const ENDS: Record<SessionEnd, { reconnect: boolean; message: string }> = {
  ack_timeout: { reconnect: true, message: 'Entries were not acknowledged in time' },
  slow_consumer: { reconnect: true, message: 'The connection takes entries too slowly' },
  draining: { reconnect: true, message: 'This server is going away' },
  gateway_lost_lease: { reconnect: true, message: 'This server lost its place' },
  token_expired: { reconnect: false, message: 'The access token has expired' },
  revoked: { reconnect: false, message: 'The login was revoked' },
  replaced: { reconnect: false, message: 'A newer connection of this device took over' },
};

/** One live connection of one device. */
export class Session {
  closed = false;
  readonly outbound = new Outbound();

  constructor(
    private readonly socket: Socket,
    readonly identity: Identity,
    readonly address: SessionAddress,
  ) {}

  get id(): string {
    return this.address.session_id;
  }

  emit(event: string, payload: unknown): void {
    if (!this.closed) this.socket.emit(event, payload);
  }

  /** False while the network takes less than it is given. */
  get isDraining(): boolean {
    return this.socket.conn.transport.writable;
  }

  /**
   * Tells the client why, and ends the connection. With `reconnect` the transport goes, so that client libraries come
   * back by themselves; otherwise it is a server-side disconnect, which they take as final.
   */
  end(code: SessionEnd): void {
    if (this.closed) return;
    const { reconnect, message } = ENDS[code];
    this.emit('session:closed', { code, message, reconnect } satisfies SessionClosed);
    this.close();
    if (!reconnect) this.socket.disconnect(true);
    // A client that takes nothing would never let a graceful close through.
    else this.socket.conn.close(code === 'slow_consumer');
  }

  /** Nothing is sent any more. */
  close(): void {
    this.closed = true;
    this.outbound.release();
  }
}
