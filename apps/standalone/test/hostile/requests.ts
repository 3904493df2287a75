import { randomUUID } from 'node:crypto';
import type { ErrorCode } from '@parley/contracts';
import type { RequestOptions } from '@parley/harness';
import { request } from './raw-http.js';

type HostileRequest = [status: number, code: ErrorCode, line: string, options?: RequestOptions];

const key = { 'idempotency-key': randomUUID() };
const content = { type: 'text', text: 'x' };

/** A send with a body that is wrong. `{id}` is a conversation of the caller. */
function send(status: number, code: ErrorCode, body: unknown, headers: Record<string, string> = key): HostileRequest {
  return [status, code, 'POST /conversations/{id}/messages', { headers, body }];
}

/** A change of a message that is not there, right but for what is given. */
function change(
  status: number,
  code: ErrorCode,
  line: string,
  body?: unknown,
  headers: Record<string, string> = key,
): HostileRequest {
  const [method, ...rest] = line.split(' ');
  return [status, code, `${method} /conversations/{id}/messages/${rest.join(' ')}`, { headers, body }];
}

const invalidSend = (body: unknown, headers?: Record<string, string>): HostileRequest =>
  send(400, 'validation_failed', body, headers);

/** Requests and what they must be answered with; paths are below `/api/v1`. */
export const REQUESTS: Record<string, HostileRequest> = {
  'JSON cut short': invalidSend('{"content":'),
  'JSON that is no object': invalidSend('[]'),
  'a body over 64 KiB': send(413, 'payload_too_large', 'x'.repeat(70_000)),
  'another media type': send(415, 'unsupported_media_type', '<x/>', { ...key, 'content-type': 'text/xml' }),
  'an unknown field': invalidSend({ content, x: 1 }),
  'a prototype key': invalidSend('{"content":{"type":"text","text":"x"},"__proto__":{"x":1}}'),
  'a lone surrogate': invalidSend('{"content":{"type":"text","text":"\\ud800"}}'),
  'JSON of 5,000 levels': invalidSend(`{"content":${'['.repeat(5_000)}${']'.repeat(5_000)}}`),
  'no idempotency key': invalidSend({ content }, {}),
  'a malformed idempotency key': invalidSend({ content }, { 'idempotency-key': 'x' }),
  'an edit of nothing': change(404, 'not_found', 'PATCH 4711', { content }),
  'an edit without content': change(400, 'validation_failed', 'PATCH 4711', {}),
  'an edit with an unknown field': change(400, 'validation_failed', 'PATCH 4711', { content, mentions: [] }),
  'an edit in no JSON': change(415, 'unsupported_media_type', 'PATCH 4711', 'x', {
    ...key,
    'content-type': 'text/plain',
  }),
  'an edit without a key': change(400, 'validation_failed', 'PATCH 4711', { content }, {}),
  'a deletion of a malformed id': change(404, 'not_found', 'DELETE 0'),
  'a deletion without a key': change(400, 'validation_failed', 'DELETE 4711', undefined, {}),
  'a reaction to nothing': change(404, 'not_found', 'PUT 4711/reactions/x'),
  'a reaction with two keys': change(400, 'validation_failed', 'PUT 4711/reactions/x', undefined, {
    'idempotency-key': `${randomUUID()}, ${randomUUID()}`,
  }),
  'a reaction of 33 bytes': change(400, 'validation_failed', `PUT 4711/reactions/${'x'.repeat(33)}`),
  'a reaction of NUL': change(400, 'validation_failed', 'DELETE 4711/reactions/%00'),
  'a reaction that cannot be decoded': change(404, 'not_found', 'PUT 4711/reactions/%F0%9F'),
  'no reaction at all': change(404, 'not_found', 'PUT 4711/reactions/'),
  'a malformed id': [404, 'not_found', 'GET /conversations/x/messages'],
  'an id of 20 digits': [404, 'not_found', `GET /conversations/${'9'.repeat(20)}`],
  'an id in quotes': [404, 'not_found', 'GET /users/%22%27%3B--'],
  'the presence of nobody': [403, 'forbidden', 'GET /users/4711/presence'],
  'the presence of an id beyond all numbers': [403, 'forbidden', `GET /users/${'9'.repeat(19)}/presence`],
  'the presence of a malformed id': [404, 'not_found', 'GET /users/%00/presence'],
  'presence with a query': [400, 'validation_failed', 'GET /users/4711/presence', { query: { x: 1 } }],
  'an unknown path': [404, 'not_found', 'GET /nothing/here'],
  'an unknown query parameter': [400, 'validation_failed', 'GET /conversations/{id}/messages', { query: { x: 1 } }],
  'a foreign cursor': [400, 'invalid_cursor', 'GET /conversations/{id}/messages', { query: { before: 'x' } }],
  'no token': [401, 'unauthorized', 'GET /users/me', { authorized: false }],
  'a token that is none': [401, 'unauthorized', 'GET /users/me', { headers: { authorization: 'Bearer x' } }],
  'another scheme': [401, 'unauthorized', 'GET /users/me', { headers: { authorization: 'Basic eDp4' } }],
  'a role that there is not': [400, 'validation_failed', 'PUT /groups/{id}/members/4711', { body: { role: 'god' } }],
  'a deletion of a conversation that is no group': [404, 'not_found', 'DELETE /groups/4711'],
  'a block of nobody': [404, 'not_found', 'PUT /blocks/4711'],
  'a block of a malformed id': [404, 'not_found', 'PUT /blocks/0'],
  'a mute without saying whether': [400, 'validation_failed', 'PUT /conversations/{id}/mute', { body: {} }],
  'a mute until no time': [
    400,
    'validation_failed',
    'PUT /conversations/{id}/mute',
    { body: { muted: true, until: '2100-13-01T00:00:00Z' } },
  ],
  'a device of a malformed name': [404, 'not_found', 'PUT /devices/a.b'],
  'a device of 65 characters': [404, 'not_found', `DELETE /devices/${'x'.repeat(65)}`],
  'a device that there is not': [404, 'not_found', 'DELETE /devices/4711'],
  'a label that is no text': [400, 'validation_failed', 'PUT /devices/4711', { body: { name: { x: 1 } } }],
  'a push token for no device': [
    404,
    'not_found',
    'PUT /devices/4711/push-token',
    { body: { provider: 'fcm', token: 'x' } },
  ],
  'a push token of no provider': [
    400,
    'validation_failed',
    'PUT /devices/4711/push-token',
    { body: { provider: '__proto__', token: 'x' } },
  ],
  'a number for an id': [400, 'validation_failed', 'POST /conversations/direct', { body: { user_id: 7 } }],
  'a control character in a title': [
    400,
    'validation_failed',
    'POST /groups',
    { body: { title: 'a\u0007', member_ids: [] } },
  ],
};

const long = 'x'.repeat(100_000);
const LOGIN = 'POST /api/v1/auth/login';
const JSON_TYPE = 'Content-Type: application/json';

/** Bytes that are no HTTP, half of it, or HTTP that no client library writes. */
export const BYTES: string[] = [
  'GARBAGE\r\n\r\n',
  '\u0000\u0001\u0002',
  'GET / HTTP/9.9\r\n\r\n',
  'GET / HTTP/1.1\r\n\r\n',
  request('GET /api/v1/users/%E0%A4%A'),
  request('GET /api/v1/users/%00'),
  request('GET //../../etc/passwd'),
  request(`GET /api/v1/${long}`),
  request('GET /api/v1/users/me', [`X-Long: ${long}`]),
  request('GET /api/v1/users/me', ['Bad Header: x']),
  request('GET /api/v1/users/me', ['Authorization: Bearer \u0080\u00ff']),
  request(LOGIN, ['Content-Length: -1']),
  request(LOGIN, ['Content-Length: 10', 'Transfer-Encoding: chunked'], '0\r\n\r\n'),
  request(LOGIN, ['Transfer-Encoding: chunked'], 'ZZ\r\n'),
  request(LOGIN, [JSON_TYPE, 'Content-Length: 50'], '{"half":'),
  request(LOGIN, [`${JSON_TYPE}; charset=utf-7`, 'Content-Length: 2'], '{}'),
  request(LOGIN, [JSON_TYPE, 'Content-Encoding: gzip', 'Content-Length: 2'], '{}'),
  request('CONNECT parley:443'),
  request('FOO /api/v1/users/me'),
];
