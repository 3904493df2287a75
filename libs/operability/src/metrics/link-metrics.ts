import { Counter } from 'prom-client';
import { processRegistry } from './process-registry.js';
import { ReadGauge } from './read-gauge.js';

const FRAME_OUTCOMES = ['taken', 'given_up', 'dropped'] as const;

/** `given_up`: not taken within the lease length. `dropped`: not even tried, since the gateway is known to be away. */
export type FrameOutcome = (typeof FRAME_OUTCOMES)[number];

const frames = new Counter({
  name: 'parley_link_frames_total',
  help: 'Frames to gateways by outcome: taken, given_up or dropped; what was not taken, the gateway finds by comparing',
  labelNames: ['outcome'],
  registers: [processRegistry],
});

const children = Object.fromEntries(FRAME_OUTCOMES.map((outcome) => [outcome, frames.labels(outcome)])) as Record<
  FrameOutcome,
  Counter.Internal
>;

// From the start on, so that the first frame that is given up is seen as a rise.
for (const child of Object.values(children)) child.inc(0);

export function countFrame(outcome: FrameOutcome): void {
  children[outcome].inc();
}

/** Pushes that wait for a gateway, by its address; gateways that nobody mentions any more are forgotten. */
export const queuedPushes = new ReadGauge({
  name: 'parley_link_queue_pushes',
  help: 'Pushes that wait for their gateway, by the address of the gateway',
  label: 'gateway',
});
