import { connect, type AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { UserDirectory } from '@parley/entities';
import { startApi, type ApiUnderTest } from './api-under-test.js';
import { call, expectProblem, register } from './requests.js';
import { InMemoryUserDirectory } from './twins/accounts.js';

class FailingDirectory extends InMemoryUserDirectory {
  override async findByHandle(handle: string): Promise<null> {
    throw new Error(`no connection while looking for ${handle}`);
  }
}

let api: ApiUnderTest;
let token: string;

beforeAll(async () => {
  api = await startApi({}, [{ provide: UserDirectory, useClass: FailingDirectory }]);
  token = (await register(api.origin, 'alice')).access_token;
});

afterAll(() => api.close());

/** Sends bytes as they are and resolves to everything that comes back until the server closes. */
function raw(text: string): Promise<string> {
  const { port } = api.app.getHttpServer().address() as AddressInfo;
  return new Promise((resolve, reject) => {
    let received = '';
    const socket = connect(port, '127.0.0.1', () => socket.write(text));
    socket.on('data', (chunk) => (received += chunk.toString()));
    socket.on('close', () => resolve(received));
    socket.on('error', reject);
  });
}

describe('the HTTP edge', () => {
  it('echoes a sane request id and replaces any other, on answers and on errors', async () => {
    const idOf = async (route: string, id: string) =>
      (await call(api.origin, route, { token, headers: { 'x-request-id': id } })).headers.get('x-request-id');
    for (const route of ['GET /users/me', 'GET /nowhere', 'GET /users/0']) {
      expect(await idOf(route, 'Trace-7.a_b')).toBe('Trace-7.a_b');
      for (const strange of ['', 'a b', 'x'.repeat(65), 'é', '<script>', 'a, b']) {
        expect(await idOf(route, strange)).toMatch(/^[0-9a-f-]{36}$/);
      }
    }
  });

  it('answers unknown routes and methods with a problem, inside and outside the prefix', async () => {
    for (const route of ['GET /nowhere', 'POST /users/me', 'DELETE /auth/login', 'GET /']) {
      expectProblem(await call(api.origin, route, { token }), 'not_found');
    }
    const outside = await fetch(`${api.origin}/nowhere`);
    expectProblem({ status: outside.status, headers: outside.headers, body: await outside.json() }, 'not_found');
  });

  it('does not say what it is built with, and lets nobody keep or reinterpret its answers', async () => {
    const { headers } = await call(api.origin, 'GET /users/me', { token });
    expect(headers.has('x-powered-by')).toBe(false);
    expect(headers.get('cache-control')).toBe('no-store');
    expect(headers.get('x-content-type-options')).toBe('nosniff');
  });

  it('answers a fault of its own with internal and without a word about it', async () => {
    const answer = await call(api.origin, 'GET /users?handle=alice', { token });
    expectProblem(answer, 'internal');
    expect(JSON.stringify(answer.body)).not.toMatch(/connection|alice/);
  });

  it('answers what is not HTTP with a problem and closes', async () => {
    for (const garbage of [
      '\u0000\u0001\r\n\r\n',
      'GET\r\n\r\n',
      'GET / HTTP/1.1\r\nHost: a\r\nBad Header: 1\r\n\r\n',
    ]) {
      const answer = await raw(garbage);
      expect(answer).toMatch(/^HTTP\/1\.1 400 Bad Request\r\n/);
      expect(answer).toContain('Content-Type: application/problem+json; charset=utf-8\r\n');
      const problem = JSON.parse(answer.split('\r\n\r\n')[1] ?? '') as Record<string, unknown>;
      expect(problem).toMatchObject({ code: 'validation_failed', status: 400 });
      expect(answer).toContain(`X-Request-Id: ${String(problem.request_id)}\r\n`);
    }
    const huge = await raw(`GET / HTTP/1.1\r\nHost: a\r\nX-Huge: ${'x'.repeat(20_000)}\r\n\r\n`);
    expect(huge).toContain('"code":"payload_too_large"');
  });

  it('refuses requests whose length could be read in two ways', async () => {
    const head = 'POST /api/v1/auth/login HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n';
    const both = await raw(`${head}Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n{}`);
    const twice = await raw(`${head}Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}`);
    for (const answer of [both, twice]) expect(answer).toMatch(/^HTTP\/1\.1 400 /);
  });

  it('takes no token from a repeated header, whichever of the two is valid', async () => {
    const head = 'GET /api/v1/users/me HTTP/1.1\r\nHost: a\r\nConnection: close\r\n';
    const valid = `Authorization: Bearer ${token}\r\n`;
    expect(await raw(`${head}${valid}\r\n`)).toMatch(/^HTTP\/1\.1 200 /);
    expect(await raw(`${head}${valid}Authorization: Bearer x\r\n\r\n`)).toMatch(/^HTTP\/1\.1 401 /);
    expect(await raw(`${head}Authorization: Bearer x\r\n${valid}\r\n`)).toMatch(/^HTTP\/1\.1 401 /);
  });

  it('answers for its health at the root, where nobody knows the prefix', async () => {
    for (const path of ['/health/live', '/health/ready']) {
      const answer = await fetch(api.origin + path);
      expect(answer.status).toBe(200);
      expect(answer.headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
    }
    expectProblem(await call(api.origin, 'GET /health/live'), 'not_found');
  });

  it('serves the documents at the root without a token', async () => {
    const document = await fetch(`${api.origin}/openapi.json`);
    expect(await document.json()).toMatchObject({ openapi: '3.1.0', info: { title: 'Parley' } });
    const page = await fetch(`${api.origin}/docs`);
    expect(page.status).toBe(200);
    expect(page.headers.get('content-type')).toContain('text/html');
  });
});
