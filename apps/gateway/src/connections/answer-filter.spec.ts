import { Logger, type ArgumentsHost } from '@nestjs/common';
import { EngineUnavailable, rejected, RejectedError } from '@parley/contracts';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { AnswerFilter } from './answer-filter.js';

describe('AnswerFilter', () => {
  const error = vi.spyOn(Logger.prototype, 'error').mockReturnValue(undefined);
  const warn = vi.spyOn(Logger.prototype, 'warn').mockReturnValue(undefined);
  afterEach(() => void vi.clearAllMocks());

  function answerTo(thrown: unknown): unknown {
    const ack = vi.fn();
    const host = { getArgs: () => [{}, {}, ack], switchToWs: () => ({ getPattern: () => 'message:send' }) };
    new AnswerFilter().catch(thrown, host as unknown as ArgumentsHost);
    return ack.mock.calls[0][0];
  }

  it('asks for another try where an engine is away', () => {
    const thrown = new EngineUnavailable('cassandra', 'read memberships', new Error('timeout'));
    expect(answerTo(thrown)).toMatchObject({
      ok: false,
      error: { code: 'unavailable', retryable: true, retry_after_ms: 1_000 },
    });
    expect([error.mock.calls.length, warn.mock.calls.length]).toEqual([0, 1]);
  });

  it('answers a rejection as it is, and says nothing of it in the log', () => {
    expect(answerTo(new RejectedError(rejected('forbidden')))).toMatchObject({ error: { code: 'forbidden' } });
    expect([error.mock.calls.length, warn.mock.calls.length]).toEqual([0, 0]);
  });

  it('calls everything else a fault of ours, aloud', () => {
    expect(answerTo(new TypeError('rows is undefined'))).toMatchObject({ error: { code: 'internal' } });
    expect(error).toHaveBeenCalledWith('message:send answered internal', expect.any(TypeError));
  });
});
