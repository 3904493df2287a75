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
  DeleteMessageDto,
  EditMessageDto,
  PullDto,
  ReactDto,
  RefreshSessionDto,
  rejected,
  SendMessageDto,
  validate,
  type Rejection,
} from '@parley/contracts';
import type { Server, Socket } from 'socket.io';
import { AnswerPull } from '../catch-up/answer-pull.js';
import { Acknowledge } from '../delivery/acknowledge.js';
import { SendMessage } from '../sending/send-message.js';
import { AnswerFilter } from './answer-filter.js';
import { Authenticate } from './authenticate.js';
import { ConnectionLifecycle } from './connection-lifecycle.js';
import { RefreshSession } from './refresh-session.js';
import { Session, type Identity } from './session.js';

/** A handler's answer: it becomes the acknowledgement, or `session:error` where the client gave no callback. */
type Answer = Promise<object | Rejection> | object | Rejection;

/** The socket face: parse, call, shape. Nothing here may throw out of a raw handler: one packet never costs a gateway. */
@WebSocketGateway()
@UseFilters(AnswerFilter)
export class SocketGateway implements OnGatewayInit<Server>, OnGatewayConnection<Socket>, OnGatewayDisconnect<Socket> {
  private readonly logger = new Logger(SocketGateway.name);
  private readonly connecting = new WeakSet<object>();
  private readonly sessions = new WeakMap<Socket, Session>();

  constructor(
    private readonly authenticate: Authenticate,
    private readonly lifecycle: ConnectionLifecycle,
    private readonly sendMessage: SendMessage,
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
          this.logger.error(`handshake failed: ${String(error)}`);
          socket.conn.close();
          // Socket.IO keeps the socket until it hears; for a closed connection it only cleans up.
          next();
        },
      );
    });
  }

  handleConnection(socket: Socket): void {
    const session = new Session(socket, socket.data as Identity);
    this.sessions.set(socket, session);
    void this.lifecycle.open(session);
  }

  handleDisconnect(socket: Socket): void {
    const session = this.sessions.get(socket);
    if (session) void this.lifecycle.close(session);
  }

  @SubscribeMessage('message:send')
  onSend(@ConnectedSocket() socket: Socket, @MessageBody() payload: unknown): Answer {
    const checked = validate(SendMessageDto, payload);
    return checked.ok ? this.send(socket, { kind: 'message', ...checked.value }) : checked;
  }

  @SubscribeMessage('message:edit')
  onEdit(@ConnectedSocket() socket: Socket, @MessageBody() payload: unknown): Answer {
    const checked = validate(EditMessageDto, payload);
    return checked.ok ? this.send(socket, { kind: 'edit', ...checked.value }) : checked;
  }

  @SubscribeMessage('message:delete')
  onDelete(@ConnectedSocket() socket: Socket, @MessageBody() payload: unknown): Answer {
    const checked = validate(DeleteMessageDto, payload);
    return checked.ok ? this.send(socket, { kind: 'delete', ...checked.value }) : checked;
  }

  @SubscribeMessage('message:react')
  onReact(@ConnectedSocket() socket: Socket, @MessageBody() payload: unknown): Answer {
    const checked = validate(ReactDto, payload);
    return checked.ok ? this.send(socket, { kind: 'react', ...checked.value }) : checked;
  }

  @SubscribeMessage('message:ack')
  onAck(@ConnectedSocket() socket: Socket, @MessageBody() payload: unknown): Answer {
    const checked = validate(AckDto, payload);
    return checked.ok ? this.acknowledge.execute(this.sessionOf(socket), checked.value.positions) : checked;
  }

  @SubscribeMessage('sync:pull')
  onPull(@ConnectedSocket() socket: Socket, @MessageBody() payload: unknown): Answer {
    const checked = validate(PullDto, payload);
    return checked.ok ? this.answerPull.execute(this.sessionOf(socket), checked.value) : checked;
  }

  @SubscribeMessage('auth:refresh')
  onRefresh(@ConnectedSocket() socket: Socket, @MessageBody() payload: unknown): Answer {
    const checked = validate(RefreshSessionDto, payload);
    return checked.ok ? this.refreshSession.execute(this.sessionOf(socket), checked.value.token) : checked;
  }

  /**
   * Null: the connection may have its one session. A second CONNECT is refused before anything is awaited: a burst of
   * them during the check would otherwise open as many sessions.
   */
  private async handshake(socket: Socket): Promise<Rejection | null> {
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

  private send(socket: Socket, entry: Parameters<SendMessage['execute']>[1]): Answer {
    return this.sendMessage.execute(this.sessionOf(socket).identity.userId, entry);
  }

  private sessionOf(socket: Socket): Session {
    const session = this.sessions.get(socket);
    if (!session) throw new Error('an event before its connection');
    return session;
  }
}

/** Socket.IO sends `message` and `data` of the error with CONNECT_ERROR. */
function connectError({ code, message }: Rejection): Error & { data: object } {
  return Object.assign(new Error(code), { data: { code, message, retryable: false } });
}
