import {
  context,
  SpanKind,
  SpanStatusCode,
  trace,
  TraceFlags,
  type Attributes,
  type Span,
  type Tracer,
} from '@opentelemetry/api';
import type { Trace } from './trace-parent.js';

/** While tracing is off it makes spans that record nothing (see `startTracing`). */
const tracer = (): Tracer => trace.getTracer('parley');

export interface SpanOptions {
  /** Ids, counts and names of ours: nothing that a user typed. */
  attributes: Attributes;
  /** Where it belongs; left out: to what is being done here, or it begins a trace of its own. */
  within?: Trace;
  /** Others that it works for. */
  links?: readonly Trace[];
  /** Answers somebody outside, or works on what a process before it has put down. */
  kind: 'server' | 'consumer';
}

/** The place in a trace of what is being done here; null where none is recorded. */
export function activeTrace(): Trace | null {
  const active = trace.getActiveSpan()?.spanContext();
  return active !== undefined && (active.traceFlags & TraceFlags.SAMPLED) !== 0 ? active : null;
}

/** A span around `work`, which begins at once. What `work` rejects with marks it as failed, without the message. */
export async function inSpan<T>(name: string, options: SpanOptions, work: (span: Span) => Promise<T>): Promise<T> {
  const { attributes, within, links = [], kind } = options;
  const parent = within ? trace.setSpanContext(context.active(), within) : context.active();
  const made = {
    kind: kind === 'server' ? SpanKind.SERVER : SpanKind.CONSUMER,
    attributes,
    links: links.map((linked) => ({ context: linked })),
  };
  return tracer().startActiveSpan(name, made, parent, async (span) => {
    try {
      return await work(span);
    } catch (error) {
      span.setStatus({ code: SpanStatusCode.ERROR });
      throw error;
    } finally {
      span.end();
    }
  });
}

/** Spans that end now and took so many milliseconds, one in each of these traces. */
export function markSpans(name: string, milliseconds: number, traces: readonly Trace[], isFailed = false): void {
  if (traces.length === 0) return;
  const endTime = performance.timeOrigin + performance.now();
  for (const within of traces) {
    const parent = trace.setSpanContext(context.active(), within);
    const span = tracer().startSpan(name, { startTime: endTime - Math.max(0, milliseconds) }, parent);
    if (isFailed) span.setStatus({ code: SpanStatusCode.ERROR });
    span.end(endTime);
  }
}
