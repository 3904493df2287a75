import type { AddressInfo } from 'node:net';
import { Logger, UseFilters, type INestApplication } from '@nestjs/common';
import { SubscribeMessage, WebSocketGateway } from '@nestjs/websockets';
import { Test } from '@nestjs/testing';
import { AllowedOrigins } from '@parley/config';
import { CapturedLines } from '@parley/operability/testing';
import { Draining, Readiness } from '@parley/operability';
import type { Socket } from 'socket.io';
import { io, type Socket as Client } from 'socket.io-client';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Admission } from './admission.js';
import { AnswerFilter } from './answer-filter.js';
import { GatewaySettings } from './gateway-settings.js';
import { ParleyIoAdapter } from './parley-io.adapter.js';
import { Session, type Identity } from './session.js';
import { SocketSessions } from './socket-sessions.js';

const identity = { userId: '42' } as Identity;

@WebSocketGateway()
@UseFilters(AnswerFilter)
class BrokenGateway {
  private readonly logger = new Logger('Broken');

  constructor(private readonly sessions: SocketSessions) {}

  handleConnection(socket: Socket): void {
    this.sessions.add(socket, new Session(socket, identity, 'session-1'));
  }

  @SubscribeMessage('message:send')
  onSend(): never {
    throw new TypeError('canary');
  }

  @SubscribeMessage('sync:pull')
  async onPull(): Promise<object> {
    await Promise.resolve();
    this.logger.log('pulled');
    return { ok: true };
  }
}

describe('What is logged about a socket event', () => {
  const captured = new CapturedLines('debug');
  let app: INestApplication;
  let client: Client;

  beforeAll(async () => {
    const module = await Test.createTestingModule({ providers: [BrokenGateway, SocketSessions] }).compile();
    app = module.createNestApplication({ logger: captured.logger });
    const settings = new GatewaySettings({} as never, 2, true, { intervalMs: 25_000, timeoutMs: 20_000 });
    const admission = new Admission(settings, new Readiness(), new Draining(), new AllowedOrigins());
    app.useWebSocketAdapter(new ParleyIoAdapter(app.getHttpServer(), settings, admission, app.get(SocketSessions)));
    await app.listen(0, '127.0.0.1');
    const { port } = app.getHttpServer().address() as AddressInfo;
    client = io(`http://127.0.0.1:${port}`, { transports: ['websocket'] });
  });
  beforeEach(() => void captured.lines.splice(0));
  afterAll(async () => {
    client.close();
    await app.close();
    captured.release();
  });

  it('carries session, user and event, and the fault of a handler that throws without what it quotes', async () => {
    const answer: unknown = await client.emitWithAck('message:send', { text: 'canary' });
    expect(answer).toMatchObject({ ok: false, error: { code: 'internal' } });
    expect(captured.lines).toMatchObject([
      {
        level: 'error',
        session_id: 'session-1',
        user_id: '42',
        event: 'message:send',
        err: { type: 'TypeError', stack: expect.stringContaining('onSend') },
      },
    ]);
    expect(JSON.stringify(captured.lines)).not.toContain('canary');
  });

  it('carries the same where a handler logs after waiting', async () => {
    await client.emitWithAck('sync:pull', {});
    expect(captured.lines).toMatchObject([{ msg: 'pulled', session_id: 'session-1', event: 'sync:pull' }]);
  });

  it('is nothing for events that do not exist: their names are what users typed', async () => {
    expect(await client.emitWithAck('canary', {})).toMatchObject({ error: { code: 'unknown_event' } });
    expect(captured.lines).toEqual([]);
  });
});
