import { SpanStatusCode } from '@opentelemetry/api';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { noteIds, withLogIds } from '../logging/log-ids.js';
import { observeStage, timeStage } from '../metrics/stage-times.js';
import { CapturedLines } from '../testing/captured-lines.js';
import { RecordedSpans } from '../testing/recorded-spans.js';
import { activeTrace, inSpan } from './spans.js';
import { traceOf } from './trace-parent.js';

const REMOTE = traceOf('00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01');
const ROOT = { kind: 'server', attributes: {} } as const;

describe('Spans', () => {
  let recorded: RecordedSpans;
  beforeEach(() => {
    recorded = new RecordedSpans();
  });
  afterEach(() => recorded.release());

  const named = (name: string) => recorded.spans.filter((span) => span.name === name);

  it('of stages stand under what is being done, with the time that the metric got', async () => {
    await inSpan('message:send', ROOT, async () => {
      await timeStage('admission', () => Promise.resolve());
      observeStage('verdict', 250);
    });
    const [root] = named('message:send');
    for (const stage of ['admission', 'verdict']) {
      expect(named(stage).map(({ parentSpanContext }) => parentSpanContext?.spanId)).toEqual([
        root.spanContext().spanId,
      ]);
    }
    const [seconds, nanos] = named('verdict')[0].duration;
    expect(seconds * 1_000 + nanos / 1e6).toBeCloseTo(250, 0);
  });

  it('of a stage that many share stand in the trace of each', () => {
    const other = traceOf('00-aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa-bbbbbbbbbbbbbbbb-01');
    observeStage(
      'store',
      3,
      [REMOTE, other].filter((trace) => trace !== null),
    );
    expect(named('store').map((span) => span.spanContext().traceId)).toEqual([REMOTE?.traceId, other?.traceId]);
  });

  it('of what fails say so, and not what the error quotes', async () => {
    const failing = () => Promise.reject(new Error('canary'));
    await expect(inSpan('message:send', ROOT, () => timeStage('log', failing))).rejects.toThrow('canary');
    expect(recorded.spans.map(({ name, status }) => [name, status])).toEqual([
      ['log', { code: SpanStatusCode.ERROR }],
      ['message:send', { code: SpanStatusCode.ERROR }],
    ]);
    expect(recorded.spans.flatMap(({ events }) => events)).toEqual([]);
  });

  it('carry the ids that became known, and log lines carry the trace', async () => {
    const captured = new CapturedLines();
    await inSpan('message:send', ROOT, () =>
      withLogIds({}, async () => {
        noteIds({ message_id: '7' });
        await Promise.resolve();
        captured.logger.log('said');
      }),
    );
    captured.release();
    const [root] = named('message:send');
    expect(root.attributes).toEqual({ message_id: '7' });
    expect(captured.lines).toMatchObject([{ msg: 'said', message_id: '7', trace_id: root.spanContext().traceId }]);
  });

  it('are none at all while tracing is off', async () => {
    recorded.release();
    const trace = await inSpan('message:send', ROOT, async () => {
      await timeStage('admission', () => Promise.resolve());
      return activeTrace();
    });
    observeStage('store', 3, REMOTE ? [REMOTE] : []);
    expect([trace, recorded.spans.length]).toEqual([null, 0]);
  });
});
