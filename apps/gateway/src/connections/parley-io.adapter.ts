import type { Server as HttpServer } from 'node:http';
import type { Socket as NetSocket } from 'node:net';
import { Logger, type WsMessageHandler } from '@nestjs/common';
import { IoAdapter } from '@nestjs/platform-socket.io';
import { limits, rejected } from '@parley/contracts';
import { connectionCount, inSpan, withLogIds } from '@parley/operability';
import { isObservable, lastValueFrom } from 'rxjs';
import { Server } from 'socket.io';
import { Admission } from './admission.js';
import { answer, type Acknowledgement } from './answer.js';
import type { ChatSocket } from './chat-socket.js';
import { GatewaySettings } from './gateway-settings.js';
import { SocketSessions } from './socket-sessions.js';

/** A connection without a session is closed after this long. */
const CONNECT_TIMEOUT_MS = 5_000;
/** At a stop, connections may end by themselves for this long. */
const CLOSE_WITHIN_MS = 2_000;

type Handler = WsMessageHandler<string>['callback'];

/**
 * Socket.IO as this product needs it. Nest's own adapter costs an observable per handler and connection, twice the CPU a
 * message; here one listener per socket looks the event up in a fixed table. Guards, pipes and filters of the gateway
 * class run as usual: they are inside the handlers that Nest passes in.
 */
export class ParleyIoAdapter extends IoAdapter {
  protected override readonly logger = new Logger(ParleyIoAdapter.name);
  private readonly handlers = new WeakMap<ChatSocket, Map<string, Handler>>();
  private readonly connections = new Set<NetSocket>();
  private stopCounting: () => void = () => undefined;

  constructor(
    server: HttpServer,
    private readonly settings: GatewaySettings,
    private readonly admission: Admission,
    private readonly sessions: SocketSessions,
  ) {
    super(server);
    server.on('connection', (connection) => {
      this.connections.add(connection);
      connection.once('close', () => this.connections.delete(connection));
    });
  }

  /** Clients that do not answer a closing handshake, or never end a request, do not hold up the stop. */
  override async close(server: Server): Promise<void> {
    this.stopCounting();
    const force = setTimeout(() => this.connections.forEach((connection) => connection.destroy()), CLOSE_WITHIN_MS);
    await super.close(server);
    clearTimeout(force);
  }

  override createIOServer(): Server {
    const server = new Server(this.httpServer as HttpServer, {
      transports: this.settings.polling ? ['websocket', 'polling'] : ['websocket'],
      maxHttpBufferSize: limits.FRAME_BYTES,
      connectTimeout: CONNECT_TIMEOUT_MS,
      pingInterval: this.settings.heartbeat.intervalMs,
      pingTimeout: this.settings.heartbeat.timeoutMs,
      perMessageDeflate: false,
      httpCompression: false,
      serveClient: false,
      // For polling; whoever gets this far was let in by the admission.
      cors: { origin: true },
    });
    this.stopCounting = connectionCount.readFrom(() => server.engine.clientsCount);
    this.admission.guard(server.engine, () => server.engine.clientsCount);
    return server;
  }

  override bindMessageHandlers(socket: ChatSocket, handlers: WsMessageHandler<string>[]): void {
    const table = new Map(handlers.map(({ message, callback }) => [message, callback]));
    const bound = this.handlers.get(socket);
    if (bound) {
      for (const [event, handler] of table) bound.set(event, handler);
      return;
    }
    this.handlers.set(socket, table);
    socket.onAny((event: unknown, ...args: unknown[]) => void this.dispatch(socket, table, String(event), args));
    // Socket.IO reports packets it cannot read here; without a listener it prints them.
    socket.on('error', () => undefined);
  }

  private async dispatch(
    socket: ChatSocket,
    table: Map<string, Handler>,
    event: string,
    args: unknown[],
  ): Promise<void> {
    const ack = typeof args.at(-1) === 'function' ? (args.pop() as Acknowledgement) : null;
    try {
      const handler = table.get(event);
      if (!handler) return answer(socket, event, ack, rejected('unknown_event'));
      if (args.length !== 1)
        return answer(socket, event, ack, rejected('validation_failed', 'must be one JSON object'));
      const ids = { ...this.sessions.find(socket)?.logIds };
      await withLogIds({ event, ...ids }, () =>
        inSpan(event, { kind: 'server', attributes: ids }, async () => {
          const result = await this.handle(handler, args[0], ack);
          if (result !== null && typeof result === 'object') answer(socket, event, ack, result);
        }),
      );
    } catch (error) {
      this.logger.error('an event could not be answered', error);
    }
  }

  /** Nest's filters answer what a handler throws: then there is no result. Interceptors make it an Observable. */
  private async handle(handler: Handler, payload: unknown, ack: Acknowledgement | null): Promise<unknown> {
    const handled: unknown = await handler(payload, ack);
    return isObservable(handled) ? lastValueFrom(handled, { defaultValue: null }) : handled;
  }
}
