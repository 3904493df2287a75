import type { AddressInfo } from 'node:net';
import { RequestMethod } from '@nestjs/common';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { Test } from '@nestjs/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { OperabilityModule } from './operability.module.js';
import { Readiness } from './readiness.js';

describe('the health routes', () => {
  let app: NestExpressApplication;
  let url: string;

  beforeEach(async () => {
    const module = await Test.createTestingModule({ imports: [OperabilityModule] }).compile();
    app = module.createNestApplication<NestExpressApplication>();
    app.setGlobalPrefix('api/v1', { exclude: [{ path: 'health/*path', method: RequestMethod.GET }] });
    await app.listen(0, '127.0.0.1');
    url = `http://127.0.0.1:${(app.getHttpServer().address() as AddressInfo).port}`;
  });

  afterEach(async () => {
    await app.close();
  });

  it('answer 200 at the root while everything is ready', async () => {
    const [live, ready] = await Promise.all([fetch(`${url}/health/live`), fetch(`${url}/health/ready`)]);
    expect([live.status, await live.json()]).toEqual([200, { status: 'live' }]);
    expect([ready.status, await ready.json()]).toEqual([200, { status: 'ready' }]);
  });

  it('answer 503 for readiness alone while a part is not ready, without telling which', async () => {
    const restore = app.get(Readiness).add('the worker lease', () => 'it has lapsed');
    const ready = await fetch(`${url}/health/ready`);
    expect([ready.status, await ready.text()]).toEqual([503, '{"status":"not_ready"}']);
    expect((await fetch(`${url}/health/live`)).status).toBe(200);
    restore();
    expect((await fetch(`${url}/health/ready`)).status).toBe(200);
  });
});
