import type { AddressInfo } from 'node:net';
import { Controller, Get, Ip } from '@nestjs/common';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { Test } from '@nestjs/testing';
import { afterEach, describe, expect, it } from 'vitest';
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
