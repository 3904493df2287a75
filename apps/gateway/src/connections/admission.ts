import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { STATUS_CODES } from 'node:http';
import { Injectable, type OnModuleInit } from '@nestjs/common';
import { ERRORS, type ErrorCode } from '@parley/contracts';
import { Readiness } from '@parley/operability';
import type { Server } from 'socket.io';
import { GatewaySettings } from './gateway-settings.js';

const RETRY_AFTER_S = 2;

type Engine = Server['engine'];
type EngineRequest = Parameters<Engine['handleRequest']>[0];

/**
 * Whether a new connection is taken. Refused at the upgrade, before there is a socket: client libraries retry that by
 * themselves, as they do not after a refusal in the handshake.
 */
@Injectable()
export class Admission implements OnModuleInit {
  private isDraining = false;

  constructor(
    private readonly settings: GatewaySettings,
    private readonly readiness: Readiness,
  ) {}

  onModuleInit(): void {
    this.readiness.add('connections', () => (this.isDraining ? 'draining' : null));
  }

  /** From now on every new connection is refused. */
  drain(): void {
    this.isDraining = true;
  }

  guard(engine: Engine, connections: () => number): void {
    const handleRequest = engine.handleRequest.bind(engine);
    const handleUpgrade = engine.handleUpgrade.bind(engine);
    const refusalOf = (request: IncomingMessage): ErrorCode | null => {
      if (hasSession(request)) return null;
      if (this.isDraining) return 'draining';
      return connections() >= this.settings.maxConnections ? 'over_capacity' : null;
    };
    engine.handleRequest = (request: EngineRequest, response: ServerResponse) => {
      const code = refusalOf(request);
      if (code) response.writeHead(ERRORS[code].status, headersOf(code)).end(bodyOf(code));
      else handleRequest(request, response);
    };
    engine.handleUpgrade = (request: EngineRequest, socket: Duplex, head: Buffer) => {
      const code = refusalOf(request);
      if (code) socket.end(rawResponse(code));
      else handleUpgrade(request, socket, head);
    };
  }
}

/** Later requests and the upgrade of a polling connection belong to a connection that was taken before. */
function hasSession(request: IncomingMessage): boolean {
  return /[?&]sid=/.test(request.url ?? '');
}

function bodyOf(code: ErrorCode): string {
  const { status, title } = ERRORS[code];
  return JSON.stringify({
    type: `urn:parley:problem:${code}`,
    title,
    status,
    detail: title,
    code,
    retry_after_ms: RETRY_AFTER_S * 1_000,
  });
}

function headersOf(code: ErrorCode): Record<string, string | number> {
  return {
    'Content-Type': 'application/problem+json',
    'Content-Length': Buffer.byteLength(bodyOf(code)),
    'Retry-After': RETRY_AFTER_S,
    Connection: 'close',
  };
}

function rawResponse(code: ErrorCode): string {
  const { status } = ERRORS[code];
  const headers = Object.entries(headersOf(code)).map(([name, value]) => `${name}: ${value}`);
  return [`HTTP/1.1 ${status} ${STATUS_CODES[status]}`, ...headers, '', bodyOf(code)].join('\r\n');
}
