import { Histogram } from 'prom-client';
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

/** Clocks of two machines may make a time negative: it counts as none. */
export function observeStage(stage: Stage, milliseconds: number): void {
  children[stage].observe(milliseconds > 0 ? milliseconds / 1_000 : 0);
}

/** Observes how long the operation takes that succeeds; what fails is no measure of the stage. */
export async function timeStage<T>(stage: Stage, operation: () => Promise<T>): Promise<T> {
  const begun = performance.now();
  const result = await operation();
  observeStage(stage, performance.now() - begun);
  return result;
}
