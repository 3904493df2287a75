import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { Controller, Get, Logger, Param, Post } from '@nestjs/common';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { Test } from '@nestjs/testing';
import { CapturedLines, type CapturedLine } from '@parley/operability/testing';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { configureHttp } from './configure-http.js';

@Controller('things')
class ThingsController {
  private readonly logger = new Logger('Things');

  @Get(':id')
  show(@Param('id') id: string): string | Promise<string> {
    if (id === 'slow') return new Promise(() => undefined);
    if (id === 'broken') throw new TypeError('canary');
    return id;
  }

  @Post()
  async make(): Promise<string> {
    await sleep(1);
    this.logger.log('made');
    return 'made';
  }
}

describe('The log of requests', () => {
  const captured = new CapturedLines('debug');
  let app: NestExpressApplication;
  let url: string;

  beforeAll(async () => {
    const module = await Test.createTestingModule({ controllers: [ThingsController] }).compile();
    app = module.createNestApplication<NestExpressApplication>({ bodyParser: false, logger: captured.logger });
    configureHttp(app);
    await app.listen(0, '127.0.0.1');
    url = `http://127.0.0.1:${(app.getHttpServer().address() as AddressInfo).port}/api/v1`;
  });
  beforeEach(() => void captured.lines.splice(0));
  afterAll(async () => {
    await app.close();
    captured.release();
  });

  /** The lines that carry the id of this request, once it has its last one. */
  async function linesOf(path: string, init: RequestInit = {}): Promise<CapturedLine[]> {
    const response = await fetch(`${url}${path}`, init);
    await response.arrayBuffer();
    const ofRequest = () => captured.lines.filter((line) => line.request_id === response.headers.get('x-request-id'));
    await expect.poll(() => ofRequest().at(-1)).toHaveProperty('duration_ms');
    return ofRequest();
  }

  it('names method, route and status, and nothing that a user typed', async () => {
    const headers = { authorization: 'Bearer canary', 'x-request-id': 'mine' };
    expect(await linesOf('/things/canary?canary=canary', { headers })).toMatchObject([
      { level: 'debug', request_id: 'mine', method: 'GET', route: '/api/v1/things/:id', status: 200 },
    ]);
    expect(await linesOf('/canary')).toMatchObject([{ msg: 'GET answered not_found' }, { status: 404 }]);
    expect(JSON.stringify(captured.lines)).not.toContain('canary');
  });

  it('gives what a handler logs the id of its request, also behind a body that was read', async () => {
    const init = { method: 'POST', body: '{}', headers: { 'content-type': 'application/json' } };
    expect(await linesOf('/things', init)).toMatchObject([{ context: 'Things', msg: 'made' }, { status: 201 }]);
  });

  it('names a request that its caller broke off by its id, too', async () => {
    const asked = fetch(`${url}/things/slow`, {
      headers: { 'x-request-id': 'gone' },
      signal: AbortSignal.timeout(100),
    });
    await expect(asked).rejects.toThrow();
    await expect
      .poll(() => captured.lines.filter(({ msg }) => msg === 'a request was broken off'))
      .toMatchObject([{ request_id: 'gone', method: 'GET', route: '/api/v1/things/:id', status: null }]);
  });

  it('finds the fault behind an error by the request_id that the caller got', async () => {
    const lines = await linesOf('/things/broken');
    expect(lines).toMatchObject([
      {
        level: 'error',
        msg: 'GET answered internal',
        err: { type: 'TypeError', stack: expect.stringContaining('show') },
      },
      { level: 'info', status: 500 },
    ]);
    expect(JSON.stringify(lines)).not.toContain('canary');
  });
});
