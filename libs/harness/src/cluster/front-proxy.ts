import { Agent, createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { ERRORS } from '@parley/contracts';
import { createProxyServer, type ServerOptions } from 'http-proxy-3';
import { Upstreams } from './upstreams.js';

const SOCKETS = /^\/socket\.io\/?(\?|$)/;
/** A gateway that takes a connection and says nothing for so long is given up; the client tries again, with another. */
const UPGRADE_WITHIN_MS = 5_000;
/** Longer than any deadline inside the apps. */
const ANSWER_WITHIN_MS = 30_000;
const NOT_FOUND = 'HTTP/1.1 404 Not Found\r\nConnection: close\r\nContent-Length: 0\r\n\r\n';
const UNAVAILABLE = 'HTTP/1.1 503 Service Unavailable\r\nConnection: close\r\nContent-Length: 0\r\n\r\n';

export interface FrontProxyOptions {
  /** 0: a free one. */
  port: number;
  /** Ports of the gateways: they get what is below `/socket.io/`, WebSockets and refusals of anything else. */
  gateways: readonly number[];
  /** Ports of the apis: they get the rest. */
  apis: readonly number[];
}

/**
 * The one address of a local cluster, on the loopback interface. Each connection or request goes to the next process in
 * turn, past those that refuse the connection; what goes wrong after that is the client's to try again. A WebSocket ends
 * with its gateway, at once.
 */
export class FrontProxy {
  private readonly proxy = createProxyServer({ xfwd: true, proxyTimeout: ANSWER_WITHIN_MS });
  private readonly server: Server;
  private readonly webSockets = new Set<Duplex>();
  private readonly gateways: Upstreams;
  private readonly apis: Upstreams;

  private constructor(options: FrontProxyOptions) {
    this.gateways = new Upstreams(options.gateways);
    this.apis = new Upstreams(options.apis);
    // Whoever waits for the request or the socket in question is told there; the event would end this process.
    this.proxy.on('error', () => undefined);
    this.server = createServer((request, response) => void this.pass(request, response));
    this.server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
      socket.on('error', () => undefined);
      void this.upgrade(request, socket, head);
    });
  }

  /** Rejects where the port is taken. */
  static async listen(options: FrontProxyOptions): Promise<FrontProxy> {
    const front = new FrontProxy(options);
    await new Promise<void>((resolve, reject) => {
      front.server.once('error', reject);
      front.server.listen(options.port, '127.0.0.1', resolve);
    });
    return front;
  }

  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  /** Ends every connection. */
  async close(): Promise<void> {
    const closed = new Promise((resolve) => this.server.close(resolve));
    this.server.closeAllConnections();
    for (const socket of this.webSockets) socket.destroy();
    await closed;
  }

  private async pass(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const upstreams = SOCKETS.test(request.url ?? '') ? this.gateways : this.apis;
    const upstream = await upstreams.connect();
    if (!upstream) return answerUnavailable(response, 'no process takes the request');
    response.once('close', () => upstream.destroySoon());
    try {
      this.proxy.web(request, response, over(upstream), ({ message }) => answerUnavailable(response, message));
    } catch (error) {
      // A request that the library cannot write again, such as one for an absolute address that is none.
      answerUnavailable(response, String(error));
    }
  }

  private async upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): Promise<void> {
    this.webSockets.add(socket);
    socket.once('close', () => this.webSockets.delete(socket));
    if (!SOCKETS.test(request.url ?? '')) return void socket.end(NOT_FOUND);
    const upstream = await this.gateways.connect();
    if (!upstream) return void socket.end(UNAVAILABLE);
    tie(socket as Socket, upstream);
    // Until the library has the answer; it takes the limit away then.
    upstream.setTimeout(UPGRADE_WITHIN_MS, () => upstream.destroy());
    try {
      this.proxy.ws(request, socket, head, over(upstream), () => undefined);
    } catch {
      socket.destroy();
    }
  }
}

/** Each ends with the other, after what was written to it: whatever else is in the way, a handshake or an error. */
function tie(socket: Socket, upstream: Socket): void {
  socket.once('close', () => upstream.destroySoon());
  upstream.once('close', () => socket.destroySoon());
  if (socket.destroyed) upstream.destroy();
}

/** Options that make the library use this connection. */
function over(upstream: Socket): ServerOptions {
  const agent = new Agent();
  agent.createConnection = () => upstream;
  return { target: { host: '127.0.0.1', port: upstream.remotePort ?? 0 }, agent };
}

/** The outcome of what was asked is unknown: an answer as the API itself would give it (RFC 9457). */
function answerUnavailable(response: ServerResponse, detail: string): void {
  if (response.headersSent || response.destroyed) return void response.destroy();
  const { status, title } = ERRORS.unavailable;
  const retryAfterMs = 1_000;
  response.writeHead(status, {
    'content-type': 'application/problem+json',
    'retry-after': String(retryAfterMs / 1_000),
  });
  response.end(
    JSON.stringify({
      type: 'urn:parley:problem:unavailable',
      title,
      status,
      detail,
      code: 'unavailable',
      retry_after_ms: retryAfterMs,
    }),
  );
}
