import { Logger, UseFilters } from '@nestjs/common';
import {
  ConnectedSocket,
  MessageBody,
  SubscribeMessage,
  WebSocketGateway,
  type OnGatewayConnection,
  type OnGatewayDisconnect,
  type OnGatewayInit,
} from '@nestjs/websockets';
import {
  AckDto,
  PullDto,
  RefreshSessionDto,
  rejected,
  validate,
  type HandshakeRefusal,
  type Rejection,
} from '@parley/contracts';
import { withLogIds } from '@parley/operability';
import type { Server } from 'socket.io';
import { AnswerPull } from '../catch-up/answer-pull.js';
import { Acknowledge } from '../delivery/acknowledge.js';
import type { Answer } from './answer.js';
import { AnswerFilter } from './answer-filter.js';
import { Authenticate } from './authenticate.js';
import type { ChatSocket } from './chat-socket.js';
import { ConnectionLifecycle } from './connection-lifecycle.js';
import { RefreshSession } from './refresh-session.js';
import { Session, type Identity } from './session.js';
import { SocketSessions } from './socket-sessions.js';

/**
 * The socket face of the session itself: the handshake, and what keeps its deliveries going. Parse, call, shape. Nothing
 * here may throw out of a raw handler: one packet never costs a gateway.
 */
@WebSocketGateway()
@UseFilters(AnswerFilter)
export class SocketGateway
  implements OnGatewayInit<Server>, OnGatewayConnection<ChatSocket>, OnGatewayDisconnect<ChatSocket>
{
  private readonly logger = new Logger(SocketGateway.name);
  private readonly connecting = new WeakSet<object>();

  constructor(
    private readonly authenticate: Authenticate,
    private readonly lifecycle: ConnectionLifecycle,
    private readonly sockets: SocketSessions,
    private readonly acknowledge: Acknowledge,
    private readonly answerPull: AnswerPull,
    private readonly refreshSession: RefreshSession,
  ) {}

  afterInit(server: Server): void {
    server.use((socket, next) => {
      this.handshake(socket).then(
        (refusal) => next(refusal ? connectError(refusal) : undefined),
        (error: unknown) => {
          // Nobody's fault out there: without its transport a client library comes back by itself, which it does not
          // do after a refusal.
          this.logger.error('handshake failed', error);
          socket.conn.close();
          // Socket.IO keeps the socket until it hears; for a closed connection it only cleans up.
          next();
        },
      );
    });
  }

  handleConnection(socket: ChatSocket): void {
    void this.guarded(socket, async () => {
      const session = new Session(socket, socket.data as Identity);
      this.sockets.add(socket, session);
      await withLogIds(session.logIds, () => this.lifecycle.open(session));
    });
  }

  handleDisconnect(socket: ChatSocket): void {
    const session = this.sockets.find(socket);
    if (session) void this.guarded(socket, () => withLogIds(session.logIds, () => this.lifecycle.close(session)));
  }

  @SubscribeMessage('message:ack')
  onAck(@ConnectedSocket() socket: ChatSocket, @MessageBody() payload: unknown): Answer<'message:ack'> {
    const checked = validate(AckDto, payload);
    return checked.ok ? this.acknowledge.execute(this.sockets.of(socket), checked.value.positions) : checked;
  }

  @SubscribeMessage('sync:pull')
  onPull(@ConnectedSocket() socket: ChatSocket, @MessageBody() payload: unknown): Answer<'sync:pull'> {
    const checked = validate(PullDto, payload);
    return checked.ok ? this.answerPull.execute(this.sockets.of(socket), checked.value) : checked;
  }

  @SubscribeMessage('auth:refresh')
  onRefresh(@ConnectedSocket() socket: ChatSocket, @MessageBody() payload: unknown): Answer<'auth:refresh'> {
    const checked = validate(RefreshSessionDto, payload);
    return checked.ok ? this.refreshSession.execute(this.sockets.of(socket), checked.value.token) : checked;
  }

  /** Nest calls these hooks bare: what came out of one would end the process, and with it everybody's session. */
  private async guarded(socket: ChatSocket, hook: () => Promise<void>): Promise<void> {
    try {
      await hook();
    } catch (error) {
      this.logger.error('a connection could not be kept', error);
      // Client libraries come back by themselves.
      socket.conn.close();
    }
  }

  /**
   * Null: the connection may have its one session. A second CONNECT is refused before anything is awaited: a burst of
   * them during the check would otherwise open as many sessions.
   */
  private async handshake(socket: ChatSocket): Promise<Rejection | null> {
    if (this.connecting.has(socket.conn)) return rejected('validation_failed', 'One session per connection');
    this.connecting.add(socket.conn);
    const result = await this.authenticate.execute(socket.handshake.auth);
    if (!result.ok) {
      // A client that keeps its transport may try again on it.
      this.connecting.delete(socket.conn);
      return result;
    }
    socket.data = result.identity;
    return null;
  }
}

/** Socket.IO sends `message` and `data` of the error with CONNECT_ERROR. */
function connectError({ code, message }: Rejection): Error & { data: HandshakeRefusal } {
  const data: HandshakeRefusal = { code, message, retryable: false };
  return Object.assign(new Error(code), { data });
}
