import { HttpException, NotFoundException } from '@nestjs/common';
import { describe, expect, it } from 'vitest';
import { EngineUnavailable, RejectedError, rejected } from '@parley/contracts';
import { rejectionOf } from './rejection-of.js';

describe('rejectionOf', () => {
  it('keeps a rejection as it was', () => {
    const rejection = rejected('rate_limited', 'Slower', { retryAfterMs: 7 });
    expect(rejectionOf(new RejectedError(rejection))).toBe(rejection);
  });

  it('maps what the framework throws by its status, without its text', () => {
    expect(rejectionOf(new NotFoundException('Cannot GET /secret'))).toEqual(rejected('not_found'));
    expect(rejectionOf(new HttpException('request entity too large', 413))).toEqual(rejected('payload_too_large'));
    expect(rejectionOf(new HttpException('request aborted', 400))).toEqual(rejected('validation_failed'));
    expect(rejectionOf(new HttpException('teapot', 418))).toEqual(rejected('validation_failed'));
  });

  it('asks for another try where an engine is away', () => {
    const thrown = new EngineUnavailable('postgres', 'find a user', new Error('canary'));
    expect(rejectionOf(thrown)).toEqual(rejected('unavailable', undefined, { retryAfterMs: 1_000 }));
  });

  it('takes everything else for a fault of ours', () => {
    for (const thrown of [new Error('x'), new HttpException('x', 500), 'x', null, undefined, { status: 400 }]) {
      expect(rejectionOf(thrown)).toBeNull();
    }
  });
});
