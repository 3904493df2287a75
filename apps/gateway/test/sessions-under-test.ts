import type { Socket } from 'socket.io';
import { Session, type Identity } from '../src/connections/session.js';

/** A session, and what its client was told. */
export interface SessionUnderTest {
  session: Session;
  /** In order. */
  told: { event: string; payload: unknown }[];
}

let issued = Date.UTC(2026, 0, 1);

/** A session on a connection that takes everything. Later ones connected later. */
export function sessionUnderTest(more: { userId?: string; deviceId?: string; family?: string } = {}): SessionUnderTest {
  const { userId = '42', deviceId = 'phone', family = 'login' } = more;
  const told: SessionUnderTest['told'] = [];
  const device = { user_id: userId, device_id: deviceId, generation: 'first' };
  const identity: Identity = { userId, device, family, expiresAt: Number.MAX_SAFE_INTEGER, afterSeq: {} };
  return { session: new Session(socketUnderTest(told), identity), told };
}

/** As much of a socket as a session needs. */
export function socketUnderTest(told: SessionUnderTest['told'] = []): Socket {
  issued += 1;
  return {
    handshake: { issued },
    emit: (event: string, payload: unknown) => told.push({ event, payload }),
    disconnect: () => undefined,
    conn: { on: () => undefined, close: () => undefined, transport: { writable: true }, writeBuffer: [] },
  } as unknown as Socket;
}

/** Why the session was ended, as its client was told; null while it goes on. */
export function endOf({ told }: SessionUnderTest): string | null {
  const closed = told.find(({ event }) => event === 'session:closed');
  return closed ? (closed.payload as { code: string }).code : null;
}
