import { randomUUID } from 'node:crypto';
import { RAISED_LIMITS, StandaloneProcess } from '@parley/harness';
import { STAGES } from '@parley/operability';
import { afterAll, afterEach, describe, expect, inject, it } from 'vitest';
import { serverUnderTest } from './server-under-test.js';
import { SpanCollector, type CollectedSpan } from './tracing/span-collector.js';

const collector = await SpanCollector.listen();
const TRACED = { OTEL_EXPORTER_OTLP_ENDPOINT: collector.url, OTEL_TRACES_SAMPLER_ARG: '1' };
const POST = 'POST /api/v1/conversations/:conversation_id/messages';
const ROUTER: readonly string[] = ['batch', 'router_wait', 'judge', 'store', 'heads', 'route', 'link'];

afterAll(() => collector.close());

/** In a cluster the parts are services of their own. */
const serviceOf = (app: string): string => `parley-${inject('target') === 'cluster' ? app : 'standalone'}`;

const namesOf = (spans: readonly CollectedSpan[]): string[] => [...new Set(spans.map(({ name }) => name))].sort();

/** Each span but the root stands under another one of its trace. */
function expectConnected(spans: readonly CollectedSpan[]): void {
  const ids = new Set(spans.map(({ spanId }) => spanId));
  const loose = spans.filter(({ parentSpanId }) => !parentSpanId || !ids.has(parentSpanId));
  expect(loose.map(({ parentSpanId }) => parentSpanId ?? null)).toEqual([null]);
}

describe('A trace', () => {
  const server = serverUnderTest({ ...RAISED_LIMITS, ...TRACED });

  /** Two people who are online in a conversation. */
  async function talk() {
    const [alice, bob] = await server.users('alice', 'bob');
    const [hers, his] = await Promise.all([alice.online(), bob.online()]);
    const { conversation_id: id } = await alice.api.direct(bob.userId);
    await Promise.all([hers.untilShown(id, 1), his.untilShown(id, 1)]);
    return { alice, hers, id };
  }

  /** The whole trace, once all that belongs to it has come in: each process sends its own spans. */
  async function traceWith(root: string, from: number): Promise<CollectedSpan[]> {
    const expected = [root, ...STAGES, 'batch'].sort();
    const trace = (): CollectedSpan[] => collector.traceOf(root, from);
    await expect.poll(() => namesOf(trace()), { timeout: 10_000 }).toEqual(expected);
    // Both are shown it: the sender's own devices, too.
    const deliveries = () => trace().filter(({ name }) => name === 'delivery').length;
    await expect.poll(deliveries, { timeout: 10_000 }).toBe(2);
    return trace();
  }

  it('goes from a send over a socket through every stage to the verdict and the recipients', async () => {
    const { hers, id } = await talk();
    const from = collector.spans.length;
    expect(await hers.send(id, 'canary')).toMatchObject({ ok: true });
    const spans = await traceWith('message:send', from);
    expectConnected(spans);
    for (const { name, service } of spans) {
      expect([name, service]).toEqual([name, serviceOf(ROUTER.includes(name) ? 'router-worker' : 'gateway')]);
    }
    expect(collector.bodies.join()).not.toContain('canary');
  });

  it('is the same for a send over REST, in whichever process it was answered', async () => {
    const { alice, id } = await talk();
    const from = collector.spans.length;
    const sent = await alice.api.request('POST', `/conversations/${id}/messages`, {
      body: { content: { type: 'text', text: 'canary' } },
      headers: { 'idempotency-key': randomUUID() },
    });
    expect(sent.status).toBe(201);
    const spans = await traceWith(POST, from);
    expectConnected(spans);
    const verdict = spans.filter(({ name }) => name === 'verdict' || name === POST);
    expect(namesOf(verdict)).toEqual([POST, 'verdict']);
    for (const { service } of verdict) expect(service).toBe(serviceOf('api'));
    expect(collector.bodies.join()).not.toContain('canary');
  });

  it('is of its own for each send, where a batch joins them by links', async () => {
    const { hers, id } = await talk();
    const from = collector.spans.length;
    await Promise.all(Array.from({ length: 30 }, (_, n) => hers.send(id, `message ${n}`)));
    const roots = () => collector.spans.slice(from).filter(({ name }) => name === 'message:send');
    const joining = () =>
      collector.spans.slice(from).filter(({ name, linked }) => name === 'batch' && linked.length > 0);
    await expect.poll(() => [roots().length, joining().length > 0], { timeout: 10_000 }).toEqual([30, true]);
    expect(new Set(roots().map(({ traceId }) => traceId)).size).toBe(30);
    const sends = new Set(roots().map(({ spanId }) => spanId));
    for (const { linked } of joining()) expect(linked.filter((spanId) => !sends.has(spanId))).toEqual([]);
  });
});

describe.runIf(inject('target') === 'standalone')('Without an endpoint', () => {
  let standalone: StandaloneProcess | null = null;
  afterEach(() => standalone?.stop());

  it('the packages that record and send spans are not even loaded', async () => {
    const telling = `import { Module } from 'node:module';
      process.on('exit', () => console.log('loaded ' + JSON.stringify(Object.keys(Module._cache))));`;
    const NODE_OPTIONS = `--import=data:text/javascript,${encodeURIComponent(telling)}`;
    standalone = await StandaloneProcess.start({ env: { ...RAISED_LIMITS, NODE_OPTIONS } });
    await standalone.kill('SIGTERM');
    const [, list = ''] = /^loaded (.*)$/m.exec(standalone.output.lines.join('\n')) ?? [];
    const packages = [...list.matchAll(/@opentelemetry\/([a-z-]+)/g)].map(([, name]) => name);
    expect([...new Set(packages)]).toEqual(['api']);
  });
});
