import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { context, trace } from '@opentelemetry/api';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { CapturedLines } from '../testing/captured-lines.js';
import { inSpan } from './spans.js';
import { startTracing } from './start-tracing.js';

const ROOT = { kind: 'server', attributes: {} } as const;

describe('startTracing', () => {
  let server: Server;
  let captured: CapturedLines;
  let status = 200;
  const received: string[] = [];

  beforeEach(async () => {
    captured = new CapturedLines();
    received.length = 0;
    server = createServer((request, response) => {
      received.push(`${request.url} ${String(request.headers['x-key'])}`);
      response.writeHead(status).end('{}');
    });
    await once(server.listen(0, '127.0.0.1'), 'listening');
  });
  afterEach(() => {
    trace.disable();
    context.disable();
    captured.release();
    server.close();
  });

  const start = (ratio: number) => {
    const { port } = server.address() as AddressInfo;
    return startTracing('test', {
      OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${port}/`,
      OTEL_EXPORTER_OTLP_HEADERS: ['x-key=of%20the=collector'],
      OTEL_TRACES_SAMPLER_ARG: ratio,
    });
  };
  const work = () => inSpan('work', ROOT, () => Promise.resolve());

  it('sends what is left when it is stopped', async () => {
    const stop = await start(1);
    await work();
    await stop();
    expect(received).toEqual(['/v1/traces of the=collector']);
  });

  it('sends nothing of what is not in the share', async () => {
    const stop = await start(0);
    await work();
    await stop();
    expect(received).toEqual([]);
  });

  it('says once that the collector takes nothing, and once that it does again', async () => {
    status = 400;
    const stop = await start(1);
    for (const expected of [1, 2]) {
      await work();
      await expect.poll(() => received.length, { timeout: 5_000 }).toBe(expected);
    }
    await expect.poll(() => captured.lines.length).toBe(1);
    status = 200;
    await work();
    await stop();
    expect(captured.lines.map(({ level }) => level)).toEqual(['warn', 'info']);
  });
});
