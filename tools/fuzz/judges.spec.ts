import { problemOf, rejected, type ErrorCode } from '@parley/contracts';
import { describe, expect, it } from 'vitest';
import { judgeAnswer, type CallAnswer } from './rest/judge-answer.js';
import { judgeAcknowledgement } from './sockets/judge-answer.js';

const CALL = { method: 'GET', target: '/api/v1/conversations/7/messages?limit=1' };
const PAGE = { items: [], before: null, after: 'x' };

function success(body: string): CallAnswer {
  return { status: 200, headers: { 'content-type': 'application/json' }, body };
}

function problem(code: ErrorCode, more: object = {}): CallAnswer {
  const body = { ...problemOf(rejected(code), 'r'), ...more };
  const headers = { 'content-type': 'application/problem+json', 'x-request-id': 'r', 'www-authenticate': 'Bearer' };
  return { status: body.status, headers, body: JSON.stringify(body) };
}

const faultsOf = (answer: CallAnswer): string => judgeAnswer(CALL, answer).join(' ');

describe('an answer to a call', () => {
  it('is in order where the document declares it', () => {
    const answers = [
      success(JSON.stringify(PAGE)),
      problem('not_found'),
      problem('unavailable'),
      problem('unauthorized'),
    ];
    expect(answers.map(faultsOf)).toEqual(['', '', '', '']);
  });

  it.each([
    [success(JSON.stringify({ ...PAGE, items: null })), 'items'],
    [success('<html>'), 'no JSON'],
    [problem('forbidden'), 'not declared'],
    [{ ...problem('forbidden'), status: 404 }, 'a code of another status'],
    [problem('not_found', { code: 'lost' }), 'an unknown code lost'],
    [problem('not_found', { request_id: 'other' }), 'another request id'],
    [{ ...problem('unauthorized'), headers: {} }, 'lacks WWW-Authenticate'],
    [problem('internal'), 'answered 500'],
    [{ ...problem('internal'), status: 503 }, 'is a 503 with internal'],
    [{ ...problem('unavailable'), status: 502 }, 'answered 502'],
  ])('is at fault: %j', (answer, fault) => {
    expect(faultsOf(answer)).toContain(fault);
  });
});

describe('an acknowledgement', () => {
  const error = (code: string, retryable: boolean) => ({ ok: false, error: { code, message: 'x', retryable } });

  it('is in order as an acceptance, and as a refusal with a code', () => {
    const answers = [{ ok: true }, error('validation_failed', false), error('rate_limited', true)];
    expect(answers.slice(0, 2).map((answer) => judgeAcknowledgement('message:ack', answer))).toEqual([null, null]);
    expect(judgeAcknowledgement('message:send', answers[2])).toBeNull();
    expect(judgeAcknowledgement(null, error('unknown_event', false))).toBeNull();
  });

  it.each([
    [undefined, 'no object'],
    ['ok', 'no object'],
    [{}, 'neither'],
    [{ ok: false }, 'neither'],
    [error('toString', false), 'unknown code'],
    [error('internal', true), 'something broke'],
    [error('not_found', true), 'incomplete'],
    [error('token_reused', false), 'answer to message:send'],
    [{ ok: true, seq: '3' }, 'answer to message:send'],
  ])('is at fault: %j', (answer, fault) => {
    expect(judgeAcknowledgement('message:send', answer)).toContain(fault);
  });
});
