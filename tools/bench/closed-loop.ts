import { randomUUID } from 'node:crypto';
import type { MeasuredServer } from './measured-server.js';
import type { Pair } from './pairs.js';
import { measureUsage, type Usage } from './usage.js';

const WARM_UP_MS = 2_000;
const MEASURED_MS = 8_000;
const PADDING = 'x'.repeat(100);

export interface ClosedLoopResult {
  inFlight: number;
  perSecond: number;
  deliveredPerSecond: number;
  /** Processor time of the server for one message: taken in, stored, and delivered to two devices. */
  serverMicrosPerMessage: number;
  usage: Usage;
}

/** Each client keeps `depth` sends in flight: the most that the server takes, with no word about latency. */
export async function runClosedLoop(
  server: MeasuredServer,
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
  const before = { accepted, delivered };
  const usage = measureUsage(server);
  await pause(MEASURED_MS);
  const used = usage();
  const messages = accepted - before.accepted;
  const deliveries = delivered - before.delivered;
  stop.abort();
  await Promise.all(loops);
  return {
    inFlight: loops.length,
    perSecond: messages / used.seconds,
    deliveredPerSecond: deliveries / used.seconds,
    serverMicrosPerMessage: used.serverMicros / messages,
    usage: used,
  };
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
