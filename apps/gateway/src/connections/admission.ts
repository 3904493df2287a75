import { randomUUID } from 'node:crypto';
import { STATUS_CODES, type IncomingMessage, type ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { AllowedOrigins } from '@parley/config';
import { ERRORS, problemOf, rejected, type ErrorCode } from '@parley/contracts';
import { Draining, Readiness } from '@parley/operability';
import type { Server } from 'socket.io';
import { GatewaySettings } from './gateway-settings.js';

const RETRY_AFTER_S = 2;
/** A refused connection may take this long to read why. */
const LINGER_MS = 1_000;

type Engine = Server['engine'];
type EngineRequest = Parameters<Engine['handleRequest']>[0];

/**
 * Whether a new connection is taken. Refused at the upgrade, before there is a socket: client libraries retry that by
 * themselves, as they do not after a refusal in the handshake. And no page of another origin gets an answer, which the
 * CORS headers of Socket.IO alone would not achieve: browsers do not ask for them before they open a WebSocket.
 */
@Injectable()
export class Admission implements OnModuleInit {
  private readonly logger = new Logger(Admission.name);
  private hasTold = false;

  constructor(
    private readonly settings: GatewaySettings,
    private readonly readiness: Readiness,
    private readonly draining: Draining,
    private readonly origins: AllowedOrigins,
  ) {}

  onModuleInit(): void {
    this.readiness.add('connections', () => (this.draining.isDraining ? 'draining' : null));
  }

  guard(engine: Engine, connections: () => number): void {
    const handleRequest = engine.handleRequest.bind(engine);
    const handleUpgrade = engine.handleUpgrade.bind(engine);
    const refusalOf = (request: IncomingMessage): ErrorCode | null => {
      if (!this.origins.allows(request.headers)) return this.foreign();
      if (hasSession(request)) return null;
      if (this.draining.isDraining) return 'draining';
      return connections() >= this.settings.maxConnections ? 'over_capacity' : null;
    };
    engine.handleRequest = (request: EngineRequest, response: ServerResponse) => {
      const code = refusalOf(request);
      if (code) answerRequest(response, code);
      else handleRequest(request, response);
    };
    engine.handleUpgrade = (request: EngineRequest, socket: Duplex, head: Buffer) => {
      const code = refusalOf(request);
      if (code) answerUpgrade(socket, code);
      else handleUpgrade(request, socket, head);
    };
  }

  /** Browsers keep the answer to themselves: whoever embeds a chat and wonders finds out here. */
  private foreign(): ErrorCode {
    if (!this.hasTold) this.logger.warn('a page of another origin was refused; ALLOWED_ORIGINS names those that may');
    this.hasTold = true;
    return 'forbidden';
  }
}

/** Later requests and the upgrade of a polling connection belong to a connection that was taken before. */
function hasSession(request: IncomingMessage): boolean {
  return /[?&]sid=/.test(request.url ?? '');
}

function refusal(code: ErrorCode): { headers: Record<string, string | number>; body: string } {
  const requestId = randomUUID();
  const { retryable } = ERRORS[code];
  const wait = retryable ? { retryAfterMs: RETRY_AFTER_S * 1_000 } : {};
  const problem = problemOf(rejected(code, undefined, wait), requestId);
  const body = JSON.stringify(problem);
  const headers = {
    'Content-Type': 'application/problem+json',
    'Content-Length': Buffer.byteLength(body),
    ...(retryable && { 'Retry-After': RETRY_AFTER_S }),
    'X-Request-Id': requestId,
    Connection: 'close',
  };
  return { headers, body };
}

function answerRequest(response: ServerResponse, code: ErrorCode): void {
  const { headers, body } = refusal(code);
  response.writeHead(ERRORS[code].status, headers).end(body);
}

/** An upgrade has no response object yet: the answer is written as HTTP/1.1. */
function answerUpgrade(socket: Duplex, code: ErrorCode): void {
  const { status } = ERRORS[code];
  const { headers, body } = refusal(code);
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
  // Nobody listens to this socket any more, and whoever asked may be gone: without this, that would end the process.
  socket.on('error', () => undefined);
  // Not every client closes its side, and nobody reads here: without this the descriptor would stay for good.
  setTimeout(() => socket.destroy(), LINGER_MS).unref();
  socket.end([`HTTP/1.1 ${status} ${STATUS_CODES[status]}`, ...lines, '', body].join('\r\n'));
}
