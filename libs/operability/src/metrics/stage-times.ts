import { Histogram } from 'prom-client';
import { activeTrace, markSpans } from '../tracing/spans.js';
import type { Trace } from '../tracing/trace-parent.js';
import { processRegistry } from './process-registry.js';

/** In the order in which a message passes them. */
export const STAGES = [
  /** Size, membership and rate of a send. */
  'admission',
  /** From the append to its being durable. */
  'log',
  /** From the log's append time to the router's hands: between two clocks, where log and router are two machines. */
  'router_wait',
  /** Reading what a batch's verdicts depend on, and deciding. */
  'judge',
  /** Writing a batch's rows. */
  'store',
  /** Moving a batch's heads and inbox rows; the wait for the batch before it is not counted. */
  'heads',
  /** Looking a batch's sessions up and queueing for their gateways. */
  'route',
  /** From the queue of a gateway to its having taken the frame. */
  'link',
  /** From the publish to the verdict, at whoever published. */
  'verdict',
  /** From the log's append time to the recipient's socket, live entries only: between two clocks, too. */
  'delivery',
] as const;

/** A stage of a message's way. */
export type Stage = (typeof STAGES)[number];

/** Seconds: from half a millisecond, below which nothing is worth a look, to the verdict's deadline. */
const BUCKETS = [0.0005, 0.001, 0.002, 0.003, 0.005, 0.0075, 0.01, 0.02, 0.03, 0.05, 0.075, 0.1, 0.2, 0.5, 1, 2, 5, 10];

const NO_TRACES: readonly Trace[] = [];

const histogram = new Histogram({
  name: 'parley_stage_seconds',
  help: 'Time that the stages of a message take, in seconds',
  labelNames: ['stage'],
  buckets: BUCKETS,
  registers: [processRegistry],
});

const children = Object.fromEntries(STAGES.map((stage) => [stage, histogram.labels(stage)])) as Record<
  Stage,
  Histogram.Internal<string>
>;

/**
 * A stage that ends now: a sample of its metric, and a span in each trace that it belongs to, by default in that of what
 * is being done here. Clocks of two machines may make a time negative: it counts as none.
 */
export function observeStage(stage: Stage, milliseconds: number, traces: readonly Trace[] = activeTraces()): void {
  children[stage].observe(milliseconds > 0 ? milliseconds / 1_000 : 0);
  markSpans(stage, milliseconds, traces);
}

/** Observes how long the operation takes that succeeds. What fails is no measure of the stage; its spans say that it did. */
export async function timeStage<T>(
  stage: Stage,
  operation: () => Promise<T>,
  traces: readonly Trace[] = activeTraces(),
): Promise<T> {
  const begun = performance.now();
  try {
    const result = await operation();
    observeStage(stage, performance.now() - begun, traces);
    return result;
  } catch (error) {
    markSpans(stage, performance.now() - begun, traces, true);
    throw error;
  }
}

function activeTraces(): readonly Trace[] {
  const active = activeTrace();
  return active === null ? NO_TRACES : [active];
}
