import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { OperatorDirectory } from '@parley/entities';
import { buildOpenApi } from '../src/http/open-api.js';
import { startApi, type ApiUnderTest } from './api-under-test.js';
import { call, expectProblem, register } from './requests.js';

interface Route {
  /** "PUT /groups/{group_id}/members/{user_id}", without the prefix. */
  name: string;
  /** The same with ids that nobody has. */
  call: string;
  /** Those that are ids, with what the document says of them. */
  parameters: { name: string; pattern: RegExp }[];
  hasBody: boolean;
  hasQuery: boolean;
  isPublic: boolean;
}

/** Of routes with an id in their path: a malformed id is their only fault. */
const VALID_BODIES: Record<string, unknown> = {
  'PATCH /groups/{group_id}': { title: 'New' },
  'PATCH /conversations/{conversation_id}/messages/{message_id}': { content: { type: 'text', text: 'Hello' } },
  'POST /conversations/{conversation_id}/messages': { content: { type: 'text', text: 'Hello' } },
  'PUT /devices/{device_id}/push-token': { provider: 'fcm', token: 'abc' },
  'PUT /conversations/{conversation_id}/mute': { muted: true },
  'PUT /conversations/{conversation_id}/read': { seq: 1 },
};

let api: ApiUnderTest;
let token: string;
let routes: Route[];

beforeAll(async () => {
  api = await startApi();
  const alice = await register(api.origin, 'alice');
  token = alice.access_token;
  // So that no route refuses her before it looks at the input.
  await api.app.get(OperatorDirectory).appoint(alice.user.user_id, 0);
  routes = Object.entries(buildOpenApi(api.app).paths).flatMap(([path, operations]) =>
    Object.entries(operations).map(([method, operation]) => routeOf(path, method, operation)),
  );
});

afterAll(() => api.close());

function routeOf(path: string, method: string, operation: Record<string, unknown>): Route {
  const name = `${method.toUpperCase()} ${path.replace('/api/v1', '')}`;
  const parameters = (operation.parameters ?? []) as { in: string; name: string; schema?: { pattern?: string } }[];
  return {
    name,
    call: name.replaceAll(/\{\w+\}/g, '9000000000000000000'),
    parameters: parameters.flatMap(({ in: place, name: id, schema }) =>
      place !== 'path' || schema?.pattern === undefined
        ? []
        : [{ name: `{${id}}`, pattern: new RegExp(schema.pattern) }],
    ),
    hasBody: 'requestBody' in operation,
    hasQuery: parameters.some((parameter) => parameter.in === 'query'),
    isPublic: !('security' in operation),
  };
}

const key = { 'idempotency-key': '0f9c1d6e-7e0b-4a55-9d2b-0d8f6c1f1a11' };
const send = (route: string, body?: unknown, headers: Record<string, string> = {}) =>
  call(api.origin, route, { token, body, headers: { ...key, ...headers } });

describe('every route', () => {
  it('is in the table that these rules walk through', () => {
    expect(routes.length).toBeGreaterThanOrEqual(19);
  });

  it('that needs a user answers unauthorized to a missing, malformed, foreign or repeated token', async () => {
    const anonymous = routes.filter((route) => !route.isPublic);
    for (const route of anonymous) {
      expectProblem(await call(api.origin, route.call), 'unauthorized');
      for (const authorization of ['', 'Bearer', `Basic ${token}`, token, `Bearer ${token}x`, `Bearer ${token}, x`]) {
        expectProblem(await call(api.origin, route.call, { headers: { authorization } }), 'unauthorized');
      }
    }
    expect(anonymous.length).toBeGreaterThan(8);
  });

  it('looks at the token before it looks at the body', async () => {
    for (const route of routes.filter(({ isPublic, hasBody }) => hasBody && !isPublic)) {
      expectProblem(await call(api.origin, route.call, { body: '{' }), 'unauthorized');
    }
  });

  it('answers not_found to a malformed id in its path', async () => {
    const malformed = ['0', '-1', '01', 'me2', '1e3', '12345678901234567890', '%00', '%FF', '1%2F2', "1'--", '１'];
    for (const route of routes.filter(({ parameters }) => parameters.length > 0)) {
      for (const { name, pattern } of route.parameters) {
        for (const id of malformed.filter((one) => !pattern.test(one))) {
          const path = route.name.replace(name, id).replaceAll(/\{\w+\}/g, '9000000000000000000');
          expectProblem(await send(path, VALID_BODIES[route.name]), 'not_found');
        }
      }
    }
  });

  it('refuses query parameters that it does not know', async () => {
    for (const route of routes) {
      const answer = await send(`${route.call}?__proto__=1&nothing=1`);
      expectProblem(answer, 'validation_failed');
    }
  });

  it('with a body refuses what is not one JSON object in UTF-8', async () => {
    const bodies = ['{', '[', 'null', '[]', '1', '"text"', '{"a":1}}', "{'a':1}", Buffer.from([0x7b, 0xff, 0x7d])];
    for (const route of routes.filter(({ hasBody }) => hasBody)) {
      for (const body of bodies) expectProblem(await send(route.call, body), 'validation_failed');
    }
  });

  it('with a body refuses fields that it does not know, keys that reach into prototypes, and endless nesting', async () => {
    const deep = `${'{"a":'.repeat(10_000)}1${'}'.repeat(10_000)}`;
    for (const route of routes.filter(({ hasBody }) => hasBody)) {
      for (const body of ['{"nothing":1}', '{"__proto__":{"handle":"x"}}', '{"constructor":{}}', deep]) {
        const answer = await send(route.call, body);
        expectProblem(answer, 'validation_failed');
        expect(answer.body.errors.length).toBeGreaterThan(0);
      }
    }
  });

  it('with a body takes 64 KiB and no more', async () => {
    const padded = (bytes: number) => `{"nothing":1}${' '.repeat(bytes - 13)}`;
    for (const route of routes.filter(({ hasBody }) => hasBody)) {
      expectProblem(await send(route.call, padded(65_536)), 'validation_failed');
      expectProblem(await send(route.call, padded(65_537)), 'payload_too_large');
    }
  });

  it('with a body takes application/json in UTF-8 only', async () => {
    const refused = [
      'text/plain',
      'application/x-www-form-urlencoded',
      'application/json; charset=iso-8859-1',
      'x',
      '',
    ];
    for (const route of routes.filter(({ hasBody }) => hasBody)) {
      for (const type of refused) {
        expectProblem(await send(route.call, '{"nothing":1}', { 'content-type': type }), 'unsupported_media_type');
      }
      const compressed = { 'content-encoding': 'gzip' };
      expectProblem(await send(route.call, '{"nothing":1}', compressed), 'unsupported_media_type');
      const spelled = { 'content-type': 'Application/JSON ; Charset="UTF-8"' };
      expectProblem(await send(route.call, '{"nothing":1}', spelled), 'validation_failed');
    }
  });

  it('in pages takes a limit from 1 to 200 in plain digits, once, and only cursors of its own', async () => {
    const limits = ['0', '201', '-1', '1.5', '1e1', '010', '+5', '', ' 5', 'ten', '5&limit=6', '99999999999999999999'];
    for (const route of routes.filter(({ hasQuery }) => hasQuery)) {
      for (const limit of limits) expectProblem(await send(`${route.call}?limit=${limit}`), 'validation_failed');
    }
    for (const cursor of ['x', '', 'null', 'a'.repeat(1_024), 'a'.repeat(2_000)]) {
      expectProblem(await send(`GET /users?handle=alice&cursor=${cursor}`), 'invalid_cursor');
    }
  });

  it('answers not_found to ids that nobody has', async () => {
    for (const route of ['GET /groups/9', 'GET /groups/9/members', 'GET /users/9', 'DELETE /groups/9/members/9']) {
      expectProblem(await send(route), 'not_found');
    }
    expectProblem(await send('PATCH /groups/9', { title: 'New' }), 'not_found');
    expectProblem(await send('PUT /groups/9/members/8', {}), 'not_found');
    expectProblem(await send('POST /groups', { title: 'New', member_ids: ['9'] }), 'not_found');
    expectProblem(await send('POST /conversations/direct', { user_id: '9' }), 'not_found');
  });
});
