import { randomUUID } from 'node:crypto';
import {
  limits,
  type Availability,
  type PayloadOf,
  type ServerEvent,
  type ServerEvents,
  type SessionEnd,
} from '@parley/contracts';
import type { DeviceKey } from '@parley/message-store';
import type { LogIds } from '@parley/operability';
import type { SessionAddress } from '@parley/sessions';
import { Outbound } from '../delivery/outbound.js';
import type { ChatSocket } from './chat-socket.js';

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

/** What Engine.IO keeps of a connection; polling has no `socket`. */
interface Wire {
  transport: { socket?: { bufferedAmount: number } };
  writeBuffer: { data?: { length: number } }[];
}

const ENDS: Record<SessionEnd, { reconnect: boolean; message: string }> = {
  ack_timeout: { reconnect: true, message: 'Entries were not acknowledged in time' },
  slow_consumer: { reconnect: true, message: 'The connection takes entries too slowly' },
  draining: { reconnect: true, message: 'This server is going away' },
  gateway_lost_lease: { reconnect: true, message: 'This server lost its place' },
  token_expired: { reconnect: false, message: 'The access token has expired' },
  revoked: { reconnect: false, message: 'The login was revoked, or the device removed' },
  replaced: { reconnect: false, message: 'A newer connection of this device took over' },
};

/** One live connection of one device. */
export class Session {
  closed = false;
  /** What is known of its place in the registry; 'asked' while a call is under way. */
  place: 'none' | 'asked' | 'held' = 'none';
  /** The life of the gateway's lease under which the registry was last asked to hold this session. */
  askedUnder: string | null = null;
  readonly outbound = new Outbound();
  /** `sync:pull`s that are being answered. */
  pulls = 0;
  /** Whether its user is there, as the client said last. */
  availability: Availability = 'online';
  private takenAt = performance.now();

  constructor(
    private readonly socket: ChatSocket,
    readonly identity: Identity,
    readonly id: string = randomUUID(),
  ) {
    // The engine hands the next packets over only when the network has taken the ones before.
    socket.conn.on('drain', () => {
      this.takenAt = performance.now();
    });
  }

  /** Where it is registered under one life of its gateway's lease. */
  addressAt(gateway: string, incarnation: string): SessionAddress {
    const { user_id, device_id } = this.identity.device;
    // When the client asked for the connection: a process that slept since then does not make it look newer than it is.
    const connected_at = this.socket.handshake.issued;
    const address = { user_id, device_id, gateway, incarnation, session_id: this.id, connected_at };
    return this.availability === 'away' ? { ...address, away: true } : address;
  }

  /** What log lines about it carry. */
  get logIds(): LogIds {
    return { session_id: this.id, user_id: this.identity.userId };
  }

  emit<E extends ServerEvent>(event: E, payload: PayloadOf<E>): void {
    // Of one event among many the compiler does not see that its payload is its arguments.
    if (!this.closed) this.socket.emit(event, ...([payload] as Parameters<ServerEvents[E]>));
  }

  /** For how long the network has taken nothing of what it was given, in milliseconds; 0 when nothing waits. */
  get stalledMs(): number {
    return this.socket.conn.transport.writable ? 0 : performance.now() - this.takenAt;
  }

  /** Bytes that were given to the connection and are not on the network yet. */
  get backlogBytes(): number {
    const { transport, writeBuffer } = this.socket.conn as unknown as Wire;
    return writeBuffer.reduce((sum, { data }) => sum + (data?.length ?? 0), transport.socket?.bufferedAmount ?? 0);
  }

  /** Whether it is told what it can do without: after `session:ready`, and as long as it reads. */
  get takesNews(): boolean {
    return this.outbound.isOpen && this.backlogBytes <= limits.BATCH_BYTES;
  }

  /**
   * Tells the client why, and ends the connection. With `reconnect` the transport goes, so that client libraries come
   * back by themselves; otherwise it is a server-side disconnect, which they take as final.
   */
  end(code: SessionEnd): void {
    if (this.closed) return;
    const { reconnect, message } = ENDS[code];
    this.emit('session:closed', { code, message, reconnect });
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
