import { Logger } from '@nestjs/common';
import { afterEach, describe, expect, it } from 'vitest';
import { CapturedLines } from '../testing/captured-lines.js';
import { noteIds, withLogIds, withoutLogIds } from './log-ids.js';
import { StructuredLogger } from './structured-logger.js';

describe('StructuredLogger', () => {
  let captured: CapturedLines;
  afterEach(() => captured.release());

  it('writes a line with its level, time, app, context and message', () => {
    captured = new CapturedLines('info');
    new Logger('Standalone').log('PostgreSQL is there');
    const { time, ...line } = captured.lines[0];
    expect(line).toEqual({
      level: 'info',
      app: 'test',
      pid: process.pid,
      context: 'Standalone',
      msg: 'PostgreSQL is there',
    });
    expect(new Date(String(time)).toISOString()).toBe(time);
  });

  it('shows its level and what is more severe, under the names that everybody uses', () => {
    captured = new CapturedLines('info');
    for (const level of ['verbose', 'debug', 'log', 'warn', 'error', 'fatal'] as const) captured.logger[level]('said');
    expect(captured.lines.map((line) => line.level)).toEqual(['info', 'warn', 'error', 'fatal']);
  });

  it('leaves out how Nest puts the app together, unless it is told to debug', () => {
    captured = new CapturedLines('info');
    captured.logger.log('ApiModule dependencies initialized', 'InstanceLoader');
    expect(captured.lines).toEqual([]);
    captured = new CapturedLines('debug');
    captured.logger.log('Mapped {/health/live, GET} route', 'RouterExplorer');
    expect(captured.lines).toMatchObject([{ level: 'debug', context: 'RouterExplorer' }]);
  });

  it('carries the ids of what is being done, also after waiting, and those that became known on the way', async () => {
    captured = new CapturedLines();
    const logger = new Logger('Here');
    const work = async (session_id: string) => {
      await new Promise((resolve) => setTimeout(resolve, 1));
      noteIds({ message_id: `of ${session_id}` });
      withLogIds({ event: 'message:send' }, () => logger.log(session_id));
    };
    await Promise.all(['a', 'b'].map((id) => withLogIds({ session_id: id }, () => work(id))));
    logger.log('outside');
    expect(captured.lines).toMatchObject([
      { msg: 'a', session_id: 'a', message_id: 'of a', event: 'message:send' },
      { msg: 'b', session_id: 'b', message_id: 'of b', event: 'message:send' },
      { msg: 'outside' },
    ]);
    expect(captured.lines[2]).not.toHaveProperty('session_id');
  });

  it('carries none where work for many was set off by one', () => {
    captured = new CapturedLines();
    withLogIds({ partition: 3 }, () => withoutLogIds(() => captured.logger.log('gave up a gateway')));
    expect(captured.lines[0]).not.toHaveProperty('partition');
  });

  it('tells of an error where it was thrown and what caused it, and nothing of what it quotes', () => {
    captured = new CapturedLines();
    const cause = Object.assign(new TypeError('value "canary"'), { code: '22P02' });
    new Logger('Http').error('GET answered internal', new Error('canary\n    at canary (x:1:1)\n canary', { cause }));
    captured.logger.error('Nest says', `Error: canary\n    at handler (file.ts:1:2)`, 'ExceptionsHandler');
    expect(captured.lines).toMatchObject([
      {
        msg: 'GET answered internal',
        context: 'Http',
        err: {
          type: 'Error',
          stack: expect.stringMatching(/^at .*structured-logger\.spec\.ts/),
          cause: { code: '22P02' },
        },
      },
      { context: 'ExceptionsHandler', err: { stack: 'at handler (file.ts:1:2)' } },
    ]);
    expect(JSON.stringify(captured.lines)).not.toContain('canary');
  });

  it('follows causes only so far: an error may be its own', () => {
    captured = new CapturedLines();
    const error = new Error('round');
    error.cause = error;
    captured.logger.error(error);
    expect(captured.lines).toMatchObject([{ msg: 'Error', err: { cause: { cause: { type: 'Error' } } } }]);
  });

  it('takes fields beside the message, and blackens those that never belong into a log', () => {
    captured = new CapturedLines();
    captured.logger.warn('slow', { duration_ms: 1_200, token: 'canary', body: { password: 'canary' } });
    expect(captured.lines).toMatchObject([{ msg: 'slow', duration_ms: 1_200 }]);
    expect(JSON.stringify(captured.lines)).not.toContain('canary');
  });

  it('writes for a person a short line, and what is known of an error beneath it', () => {
    captured = new CapturedLines();
    const written: string[] = [];
    const destination = { write: (text: string) => void written.push(text) };
    const logger = new StructuredLogger({ app: 'test', level: 'info', format: 'human', destination });
    const cause = Object.assign(new Error('connect'), { code: 'ECONNREFUSED' });
    withLogIds({ request_id: 'r-1' }, () => logger.warn('is away', new RangeError('x', { cause }), 'Engines'));
    const [head, what, ...rest] = written.join('').trimEnd().split('\n');
    expect(head).toMatch(/^\d\d:\d\d:\d\d\.\d{3} WARN {3}Engines {2}is away {2}\(request_id=r-1\)$/);
    expect(what).toBe('    RangeError');
    expect(rest).toContain('    caused by Error (ECONNREFUSED)');
  });
});
