import { Injectable } from '@nestjs/common';
import type { ChatSocket } from './chat-socket.js';
import type { Session } from './session.js';

/** Which session a socket carries: how the gateway classes come from an event to whose it is. */
@Injectable()
export class SocketSessions {
  private readonly sessions = new WeakMap<ChatSocket, Session>();

  add(socket: ChatSocket, session: Session): void {
    this.sessions.set(socket, session);
  }

  find(socket: ChatSocket): Session | undefined {
    return this.sessions.get(socket);
  }

  /** The session of a socket that sent an event; there is one from the connection on. */
  of(socket: ChatSocket): Session {
    const session = this.sessions.get(socket);
    if (!session) throw new Error('an event before its connection');
    return session;
  }
}
