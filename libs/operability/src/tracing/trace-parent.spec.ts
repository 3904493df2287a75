import { describe, expect, it } from 'vitest';
import { traceOf, traceParentOf } from './trace-parent.js';

const TRACE_ID = '4bf92f3577b34da6a3ce929d0e0e4736';
const SPAN_ID = '00f067aa0ba902b7';

describe('A traceparent', () => {
  it('comes back as it was written', () => {
    const trace = traceOf(`00-${TRACE_ID}-${SPAN_ID}-01`);
    expect(trace).toEqual({ traceId: TRACE_ID, spanId: SPAN_ID, traceFlags: 1, isRemote: true });
    expect(trace && traceParentOf(trace)).toBe(`00-${TRACE_ID}-${SPAN_ID}-01`);
  });

  it('of a trace that nobody records is none', () => {
    expect(traceOf(`00-${TRACE_ID}-${SPAN_ID}-00`)).toBeNull();
  });

  it.each([
    undefined,
    null,
    7,
    {},
    ['00'],
    '',
    'canary',
    `00-${TRACE_ID}-${SPAN_ID}`,
    `01-${TRACE_ID}-${SPAN_ID}-01`,
    `00-${'0'.repeat(32)}-${SPAN_ID}-01`,
    `00-${TRACE_ID}-${'0'.repeat(16)}-01`,
    `00-${TRACE_ID.toUpperCase()}-${SPAN_ID}-01`,
    `00-${TRACE_ID}-${SPAN_ID}-01\n`,
    ` 00-${TRACE_ID}-${SPAN_ID}-01`,
    `00-${TRACE_ID}-${SPAN_ID}-01-${'x'.repeat(1_000_000)}`,
  ])('that makes no sense is none (case %#)', (header) => {
    expect(traceOf(header)).toBeNull();
  });
});
