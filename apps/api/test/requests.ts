import { expect } from 'vitest';
import { ERRORS, type ErrorCode, type SignedInView } from '@parley/contracts';
import { faultsOfAnswer } from '@parley/harness';

export interface Answer {
  status: number;
  headers: Headers;
  // What came as JSON is looked into freely: that it has the right shape is what the specs are about.
  // oxlint-disable-next-line no-explicit-any
  body: any;
}

export interface Call {
  token?: string;
  /** Sent as JSON; a string or bytes as they are. */
  body?: unknown;
  headers?: Record<string, string>;
}

/** One request to the API; `route` is "GET /users/me". Its answer has to be one that docs/openapi.json describes. */
export async function call(origin: string, route: string, { token, body, headers }: Call = {}): Promise<Answer> {
  const [method, path] = route.split(' ') as [string, string];
  const isRaw = typeof body === 'string' || body instanceof Uint8Array;
  const response = await fetch(`${origin}/api/v1${path}`, {
    method,
    headers: {
      ...(body !== undefined && { 'content-type': 'application/json' }),
      ...(token !== undefined && { authorization: `Bearer ${token}` }),
      ...headers,
    },
    body: body === undefined ? undefined : isRaw ? (body as BodyInit) : JSON.stringify(body),
  });
  const text = await response.text();
  const answer = { status: response.status, headers: response.headers, body: text === '' ? null : JSON.parse(text) };
  const contentType = answer.headers.get('content-type');
  expect(faultsOfAnswer({ method, path: path.split('?')[0], contentType, ...answer })).toEqual([]);
  return answer;
}

/** Checks everything that the protocol says of an error: status, media type, body and headers. */
export function expectProblem(answer: Answer, code: ErrorCode): void {
  const { status, title, retryable } = ERRORS[code];
  expect(answer.body).toMatchObject({ type: `urn:parley:problem:${code}`, title, status, code });
  expect(answer.status).toBe(status);
  expect(answer.headers.get('content-type')).toBe('application/problem+json; charset=utf-8');
  expect(answer.body.detail).toEqual(expect.any(String));
  expect(answer.body.request_id).toBe(answer.headers.get('x-request-id'));
  expect(answer.headers.has('www-authenticate')).toBe(status === 401);
  expect(answer.headers.has('retry-after')).toBe(retryable);
  expect('retry_after_ms' in answer.body).toBe(retryable);
  const allowed = ['type', 'title', 'status', 'detail', 'code', 'errors', 'request_id', 'retry_after_ms'];
  expect(allowed).toEqual(expect.arrayContaining(Object.keys(answer.body)));
}

/** A new account, signed in. */
export async function register(origin: string, handle: string): Promise<SignedInView> {
  const answer = await call(origin, 'POST /auth/register', { body: { handle, password: 'correct horse' } });
  expect(answer.status).toBe(201);
  return answer.body;
}
