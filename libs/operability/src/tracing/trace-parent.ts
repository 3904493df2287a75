import { TraceFlags, type SpanContext } from '@opentelemetry/api';

/** A place in a trace that is being recorded: what belongs there has it as its parent. */
export type Trace = SpanContext;

const TRACE_PARENT = /^00-(?!0{32})([0-9a-f]{32})-(?!0{16})([0-9a-f]{16})-([0-9a-f]{2})$/;

/**
 * Reads a `traceparent` (W3C Trace Context, level 1) as it came in a record or a frame. Null where there is none, where it
 * makes no sense, and where the trace is not being recorded: whoever could write one can at most be ignored.
 */
export function traceOf(header: unknown): Trace | null {
  const [, traceId, spanId, flags] = (typeof header === 'string' && TRACE_PARENT.exec(header)) || [];
  if (traceId === undefined || spanId === undefined || flags === undefined) return null;
  const isRecorded = (Number.parseInt(flags, 16) & TraceFlags.SAMPLED) !== 0;
  return isRecorded ? { traceId, spanId, traceFlags: TraceFlags.SAMPLED, isRemote: true } : null;
}

export function traceParentOf({ traceId, spanId }: Trace): string {
  return `00-${traceId}-${spanId}-01`;
}
