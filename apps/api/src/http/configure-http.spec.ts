import type { AddressInfo } from 'node:net';
import { Controller, Get, Ip } from '@nestjs/common';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { AllowedOrigins } from '@parley/config';
import { Test } from '@nestjs/testing';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { configureHttp } from './configure-http.js';

@Controller('address')
class AddressController {
  @Get()
  address(@Ip() ip: string): string {
    return ip;
  }
}

describe('the address that a request counts for', () => {
  let app: NestExpressApplication;

  afterEach(() => app.close());

  async function addressOf(trustProxy: number | undefined, forwardedFor: string): Promise<string> {
    const module = await Test.createTestingModule({ controllers: [AddressController] }).compile();
    app = module.createNestApplication<NestExpressApplication>({ bodyParser: false });
    configureHttp(app, { trustProxy });
    await app.listen(0, '127.0.0.1');
    const { port } = app.getHttpServer().address() as AddressInfo;
    const headers = { 'x-forwarded-for': forwardedFor };
    return (await fetch(`http://127.0.0.1:${port}/api/v1/address`, { headers })).text();
  }

  it("is the connection's, whatever a client claims", async () => {
    expect(await addressOf(undefined, '203.0.113.7')).toBe('127.0.0.1');
  });

  it('is the one that the outermost of our own proxies saw', async () => {
    expect(await addressOf(1, '198.51.100.1, 203.0.113.7')).toBe('203.0.113.7');
  });

  it('is behind two proxies what the first of them wrote down', async () => {
    expect(await addressOf(2, '198.51.100.1, 203.0.113.7, 10.0.0.2')).toBe('203.0.113.7');
  });
});

describe('web pages', () => {
  let app: NestExpressApplication;
  let url: string;

  beforeAll(async () => {
    const module = await Test.createTestingModule({ controllers: [AddressController] }).compile();
    app = module.createNestApplication<NestExpressApplication>({ bodyParser: false });
    configureHttp(app, { origins: new AllowedOrigins(['https://app.example.com']) });
    await app.listen(0, '127.0.0.1');
    url = `http://127.0.0.1:${(app.getHttpServer().address() as AddressInfo).port}/api/v1/address`;
  });
  afterAll(() => app.close());

  const preflight = (origin: string) =>
    fetch(url, { method: 'OPTIONS', headers: { origin, 'access-control-request-method': 'POST' } });

  it('of a listed origin may send tokens and keys, read ids and waits, and bring no cookies', async () => {
    const { status, headers } = await preflight('https://app.example.com');
    expect([status, headers.get('access-control-allow-origin')]).toEqual([204, 'https://app.example.com']);
    expect(headers.get('access-control-allow-headers')).toMatch(/Authorization.*Idempotency-Key/);
    expect(headers.get('access-control-allow-credentials')).toBeNull();
    const answer = await fetch(url, { headers: { origin: 'https://app.example.com' } });
    expect(answer.headers.get('access-control-expose-headers')).toMatch(/X-Request-Id.*Retry-After/);
    expect(answer.headers.get('vary')).toContain('Origin');
  });

  it.each(['https://evil.test', 'null'])('of %s may do nothing', async (origin) => {
    const { status, headers } = await preflight(origin);
    expect(status).toBe(404);
    expect(headers.get('access-control-allow-origin')).toBeNull();
    expect((await fetch(url, { headers: { origin } })).headers.get('access-control-allow-origin')).toBeNull();
  });
});
