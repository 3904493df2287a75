import { describe, expect, it } from 'vitest';
import { problemOf, rejected, type ErrorCode } from '@parley/contracts';
import { faultsOfAnswer, type AnswerToCheck } from './rest-document.js';
import { faultsOfAcknowledgement, faultsOfEvent, faultsOfRefusal } from './socket-document.js';

const user = {
  user_id: '42',
  handle: 'bob',
  display_name: null,
  avatar_url: null,
  created_at: '2026-01-31T12:34:56.789Z',
};
const shown = {
  method: 'GET',
  path: '/users/42',
  status: 200,
  contentType: 'application/json; charset=utf-8',
  body: user,
};

const refused = (code: ErrorCode, more: Partial<AnswerToCheck> = {}): AnswerToCheck => {
  const body = problemOf(rejected(code), 'request-1');
  return { ...shown, status: body.status, contentType: 'application/problem+json', body, ...more };
};

describe('An answer of the API', () => {
  it('is right where status, media type and body are as declared', () => {
    const unknown = refused('not_found', { path: '/nowhere' });
    for (const answer of [shown, refused('not_found'), refused('token_expired'), unknown]) {
      expect(faultsOfAnswer(answer)).toEqual([]);
    }
    const left = { ...shown, method: 'DELETE', path: '/groups/1', status: 204, contentType: null, body: null };
    expect(faultsOfAnswer(left)).toEqual([]);
  });

  it('is at fault for what the route does not declare: a status, a code, a media type, a body', () => {
    const wrong = [
      { ...shown, status: 201 },
      refused('conflict'),
      refused('invalid_cursor'),
      { ...shown, contentType: 'text/html' },
      { ...shown, method: 'DELETE', path: '/groups/1', status: 204 },
    ];
    for (const answer of wrong) expect(faultsOfAnswer(answer)).not.toEqual([]);
  });

  it('is at fault for a field that is missing, of another type or not in the document, however deep', () => {
    const nameless = { ...user, handle: undefined };
    for (const body of [
      nameless,
      { ...user, user_id: 42 },
      { ...user, shoe_size: 44 },
      { ...user, created_at: 'now' },
    ]) {
      expect(faultsOfAnswer({ ...shown, body })).toHaveLength(1);
    }
    const page = { items: [{ ...user, password: 'x' }], next_cursor: null };
    expect(faultsOfAnswer({ ...shown, path: '/users', body: page })).not.toEqual([]);
  });

  it('belongs to the route that names most of its path', () => {
    expect(faultsOfAnswer(refused('not_found', { path: '/users/me' }))).not.toEqual([]);
  });
});

describe('What comes over a socket', () => {
  const heads = { positions: { '42': 7 } };
  const error = { code: 'not_found', message: 'No such conversation', retryable: false };

  it('is right where event, answer and refusal are as declared', () => {
    expect(faultsOfEvent('heads', heads)).toEqual([]);
    expect(faultsOfAcknowledgement('message:ack', { ok: true })).toEqual([]);
    expect(faultsOfAcknowledgement('sync:pull', { ok: false, error })).toEqual([]);
    const unknown = { ...error, code: 'unknown_event' };
    expect(faultsOfAcknowledgement('message:shout', { ok: false, error: unknown })).toEqual([]);
  });

  it('is a refused handshake with one of its codes, twice', () => {
    const data = { code: 'token_expired', message: 'The access token has expired', retryable: false };
    expect(faultsOfRefusal({ message: 'token_expired', data })).toEqual([]);
    expect(faultsOfRefusal({ message: 'not_found', data: { ...data, code: 'not_found' } })).not.toEqual([]);
    expect(faultsOfRefusal({ message: 'token_expired', data: { ...data, retryable: true } })).not.toEqual([]);
  });

  it('is at fault for an event, a field or a code that the document does not name', () => {
    expect(faultsOfEvent('tails', heads)).not.toEqual([]);
    expect(faultsOfEvent('heads', { positions: { '42': '7' } })).not.toEqual([]);
    expect(faultsOfEvent('heads', { ...heads, more: true })).not.toEqual([]);
    expect(faultsOfAcknowledgement('message:ack', { ok: true, seq: 1 })).not.toEqual([]);
    expect(faultsOfAcknowledgement('message:ack', { ok: false, error })).not.toEqual([]);
    expect(faultsOfAcknowledgement('message:ack', undefined)).not.toEqual([]);
  });
});
