import { randomUUID } from 'node:crypto';
import type { MeasuredTarget } from './measured-target.js';
import type { Pair } from './pairs.js';
import { measureUsage, type Usage } from './usage.js';

const WARM_UP_MS = 2_000;
const MEASURED_MS = 8_000;
const PADDING = 'x'.repeat(100);

export interface ClosedLoopResult {
  inFlight: number;
  perSecond: number;
  deliveredPerSecond: number;
  usage: Usage;
}

/** Each client keeps `depth` sends in flight: the most that the target takes, with no word about latency. */
export async function runClosedLoop(
  target: MeasuredTarget,
  pairs: readonly Pair[],
  depth: number,
): Promise<ClosedLoopResult> {
  const stop = new AbortController();
  let accepted = 0;
  let delivered = 0;
  const keepSending = async (pair: Pair, own: number): Promise<void> => {
    while (!stop.signal.aborted) {
      if (await pair.clients[own].send(pair.conversationId, randomUUID(), `0 ${own} ${PADDING}`)) accepted++;
    }
  };
  const loops = pairs.flatMap((pair) =>
    pair.clients.flatMap((client, own) => {
      client.onMessage = () => delivered++;
      return Array.from({ length: depth }, () => keepSending(pair, own));
    }),
  );

  await pause(WARM_UP_MS);
  const endUsage = await measureUsage(target);
  const before = { accepted, delivered };
  await pause(MEASURED_MS);
  const messages = accepted - before.accepted;
  const deliveries = delivered - before.delivered;
  const usage = await endUsage();
  stop.abort();
  await Promise.all(loops);
  return {
    inFlight: loops.length,
    perSecond: messages / usage.seconds,
    deliveredPerSecond: deliveries / usage.seconds,
    usage,
  };
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
