import { RAISED_LIMITS, StandaloneProcess } from '@parley/harness';
import { afterEach, describe, expect, it } from 'vitest';
import { standaloneUnderTest } from './server-under-test.js';

type Line = Record<string, unknown>;

const linesOf = (server: StandaloneProcess): Line[] => server.output.lines.map((line) => JSON.parse(line) as Line);

describe('The log of a server', () => {
  const server = standaloneUnderTest({ ...RAISED_LIMITS, LOG_LEVEL: 'debug' });

  it('is one JSON object a line from the first to the last, each with time, level, app and message', async () => {
    expect(linesOf(server.running).length).toBeGreaterThan(10);
    for (const line of linesOf(server.running)) {
      expect(line).toMatchObject({ app: 'standalone', level: expect.any(String), msg: expect.any(String) });
      expect(Date.parse(String(line.time))).toBeGreaterThan(0);
    }
  });

  it('finds what became of a request by the request_id of its problem', async () => {
    const [alice] = await server.users('alice');
    const { body } = await alice.api.request('GET', '/conversations/4711');
    const { request_id } = body as { request_id: string };
    await expect
      .poll(() => linesOf(server.running).filter((line) => line.request_id === request_id))
      .toMatchObject([
        { level: 'debug', msg: 'GET answered not_found' },
        { level: 'debug', route: '/api/v1/conversations/:conversation_id', status: 404, user_id: alice.userId },
      ]);
  });
});

describe('A process that ends of an uncaught exception', () => {
  let standalone: StandaloneProcess | null = null;
  afterEach(() => standalone?.stop());

  it('says so in a fatal line with the stack, without what the error quotes, and exits with 1', async () => {
    const breaking = `process.on('SIGUSR2', () => Promise.reject(new RangeError('can' + 'ary')))`;
    const NODE_OPTIONS = `--import=data:text/javascript,${encodeURIComponent(breaking)}`;
    standalone = await StandaloneProcess.start({ env: { ...RAISED_LIMITS, NODE_OPTIONS } });
    process.kill(standalone.pid, 'SIGUSR2');
    expect(await standalone.ended()).toMatchObject({ code: 1, signal: null });
    expect(standalone.output.lines.join('\n')).not.toContain('canary');
    expect(linesOf(standalone).at(-1)).toMatchObject({
      level: 'fatal',
      msg: 'unhandled rejection',
      err: { type: 'RangeError', stack: expect.stringContaining('at process') },
    });
  });
});

describe('A terminal', () => {
  let standalone: StandaloneProcess | null = null;
  afterEach(() => standalone?.stop());

  it('is told in a picture where everything is', async () => {
    standalone = await StandaloneProcess.start({ env: { ...RAISED_LIMITS, LOG_FORMAT: 'human' } });
    const text = standalone.output.lines.join('\n');
    expect(text).toMatch(/Parley is ready in \d+\.\d s\n {2}Socket\.IO {2}http:\S+\n {2}REST {7}http:\S+\/api\/v1\n/);
    expect(text).not.toContain('{"');
  });
});
