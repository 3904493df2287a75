import { describe, expect, it } from 'vitest';
import type { Operation } from './rest/operations.js';
import { judgeAnswer, type CallAnswer } from './rest/judge-answer.js';
import type { EventOperation } from './sockets/operations.js';
import { judgeAcknowledgement } from './sockets/judge-answer.js';
import { SchemaDocument, type Schema } from './values/schema.js';

const ANSWER: Schema = { type: 'object', required: ['id'], properties: { id: { type: 'string' } } };
const OPERATION: Operation = {
  method: 'GET',
  path: '/x',
  parameters: [],
  body: null,
  answers: new Map<number, Schema | null>([
    [200, ANSWER],
    [204, null],
    [404, {}],
    [500, {}],
    [503, {}],
  ]),
};

function problem(status: number, code: string, more: object = {}): CallAnswer {
  const body = { type: `urn:parley:problem:${code}`, title: 'x', status, code, request_id: 'r', ...more };
  const headers = { 'content-type': 'application/problem+json', 'x-request-id': 'r' };
  return { status, headers, body: JSON.stringify(body) };
}

function faultsOf(answer: CallAnswer): string {
  return judgeAnswer(new SchemaDocument({}), OPERATION, answer).join(' ');
}

describe('an answer to a call', () => {
  it('is in order where the document declares it', () => {
    const answers = [
      { status: 200, headers: {}, body: '{"id":"7"}' },
      { status: 204, headers: {}, body: '' },
      problem(404, 'not_found'),
      problem(503, 'unavailable'),
    ];
    expect(answers.map(faultsOf)).toEqual(['', '', '', '']);
  });

  it.each([
    [{ status: 200, headers: {}, body: '{"id":7}' }, 'id is no string'],
    [{ status: 200, headers: {}, body: '<html>' }, 'no JSON'],
    [{ status: 204, headers: {}, body: '{}' }, 'with a body'],
    [problem(403, 'forbidden'), 'not declared'],
    [problem(404, 'forbidden'), 'a code of another status'],
    [problem(404, 'lost'), 'an unknown code lost'],
    [problem(404, 'not_found', { request_id: 'other' }), 'another request id'],
    [problem(404, 'not_found', { status: 400 }), 'says it is 400'],
    [{ ...problem(404, 'not_found'), headers: { 'x-request-id': 'r' } }, 'comes as undefined'],
    [problem(500, 'internal'), 'broke'],
    [problem(503, 'internal'), 'is a 503 with internal'],
    [problem(502, 'unavailable'), 'answered 502'],
  ])('is at fault: %j', (answer, fault) => {
    expect(faultsOf(answer)).toContain(fault);
  });
});

const EVENT: EventOperation = {
  event: 'x',
  payload: {},
  answers: [
    { type: 'object', required: ['ok', 'seq'], properties: { ok: { const: true }, seq: { type: 'integer' } } },
    {
      type: 'object',
      required: ['ok', 'error'],
      properties: { ok: { const: false }, error: { properties: { code: { enum: ['unavailable', 'not_found'] } } } },
    },
  ],
};

const faultIn = (answer: unknown): string | null => judgeAcknowledgement(new SchemaDocument({}), EVENT, answer);

describe('an acknowledgement', () => {
  it('is in order as an acceptance, and as a refusal with a code', () => {
    const refusal = { ok: false, error: { code: 'unavailable', message: 'x', retryable: true } };
    expect([{ ok: true, seq: 3 }, refusal].map(faultIn)).toEqual([null, null]);
  });

  it.each([
    [undefined, 'no object'],
    ['ok', 'no object'],
    [{}, 'neither'],
    [{ ok: false }, 'neither'],
    [{ ok: false, error: { code: 'toString', message: 'x', retryable: false } }, 'unknown code'],
    [{ ok: false, error: { code: 'internal', message: 'x', retryable: true } }, 'something broke'],
    [{ ok: false, error: { code: 'not_found', message: 'x', retryable: true } }, 'incomplete'],
    [{ ok: false, error: { code: 'not_found', retryable: false } }, 'incomplete'],
    [{ ok: false, error: { code: 'forbidden', message: 'x', retryable: false } }, 'none of those declared'],
    [{ ok: true, seq: '3' }, 'none of those declared'],
  ])('is at fault: %j', (answer, fault) => {
    expect(faultIn(answer)).toContain(fault);
  });
});
