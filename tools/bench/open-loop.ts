import { randomUUID } from 'node:crypto';
import type { MeasuredTarget } from './measured-target.js';
import type { Pair } from './pairs.js';
import { measureUsage, type Usage } from './usage.js';

const WARM_UP_MS = 2_000;
/** The look at all processes comes within the warm-up, so that no measured send waits for it. */
const LOOK_AT_MS = 1_500;
const MEASURED_MS = 10_000;
/** Longer than a send may stay unanswered: whatever is open after that was never answered. */
const DRAIN_MS = 12_000;
const PADDING = 'x'.repeat(100);

/** Latencies in milliseconds, each from the moment at which the send was due. */
export interface OpenLoopResult {
  ratePerSecond: number;
  toVerdict: number[];
  toRecipient: number[];
  /** How late the generator itself handed sends over: it is contained in the two above. */
  lateness: number[];
  refused: number;
  unanswered: number;
  usage: Usage;
}

/**
 * Sends at a fixed rate, whatever becomes of earlier sends, and measures from the due time: a server that stalls cannot
 * hide it by slowing its clients down (coordinated omission).
 */
export async function runOpenLoop(
  target: MeasuredTarget,
  pairs: readonly Pair[],
  ratePerSecond: number,
): Promise<OpenLoopResult> {
  const run = new OpenLoop(pairs, ratePerSecond);
  const begun = performance.now();
  await run.until(begun, 0, LOOK_AT_MS);
  const endUsage = await measureUsage(target);
  await run.until(begun, LOOK_AT_MS, WARM_UP_MS);
  run.forget();
  await run.until(begun, WARM_UP_MS, WARM_UP_MS + MEASURED_MS);
  const usage = await endUsage();
  await run.drained();
  return { ratePerSecond, usage, ...run.measured() };
}

class OpenLoop {
  private readonly due: number[] = [];
  private toVerdict: number[] = [];
  private toRecipient: number[] = [];
  private lateness: number[] = [];
  private refused = 0;
  private outstanding = 0;
  private measuredFrom = 0;

  constructor(
    private readonly pairs: readonly Pair[],
    private readonly ratePerSecond: number,
  ) {
    for (const { clients } of pairs) {
      for (const [own, client] of clients.entries()) client.onMessage = (text) => this.arrived(text, own);
    }
  }

  /** Sends what is due between two moments, given in milliseconds since the beginning. */
  until(begun: number, from: number, to: number): Promise<void> {
    const everyMs = 1_000 / this.ratePerSecond;
    let next = Math.ceil(from / everyMs);
    return new Promise((resolve) => {
      const tick = (): void => {
        for (; next * everyMs < to && begun + next * everyMs <= performance.now(); next++)
          this.send(begun + next * everyMs);
        if (next * everyMs >= to) resolve();
        else setTimeout(tick, 1);
      };
      tick();
    });
  }

  /** What was sent so far is not measured. */
  forget(): void {
    this.measuredFrom = this.due.length;
    this.toVerdict = [];
    this.toRecipient = [];
    this.lateness = [];
    this.refused = 0;
  }

  async drained(): Promise<void> {
    const end = performance.now() + DRAIN_MS;
    while (this.outstanding > 0 && performance.now() < end) await new Promise((resolve) => setTimeout(resolve, 20));
  }

  measured(): Omit<OpenLoopResult, 'ratePerSecond' | 'usage'> {
    const { toVerdict, toRecipient, lateness, refused, outstanding } = this;
    return { toVerdict, toRecipient, lateness, refused, unanswered: outstanding };
  }

  private send(due: number): void {
    const n = this.due.push(due) - 1;
    const { conversationId, clients } = this.pairs[n % this.pairs.length];
    const sender = Math.floor(n / this.pairs.length) % 2;
    this.outstanding++;
    this.lateness.push(performance.now() - due);
    void clients[sender].send(conversationId, randomUUID(), `${n} ${sender} ${PADDING}`).then((accepted) => {
      this.outstanding--;
      if (n < this.measuredFrom) return;
      if (accepted) this.toVerdict.push(performance.now() - due);
      else this.refused++;
    });
  }

  /** The sender's own copy is no delivery. */
  private arrived(text: string, own: number): void {
    const [n, sender] = text.split(' ', 2).map(Number);
    if (sender !== own && n >= this.measuredFrom) this.toRecipient.push(performance.now() - this.due[n]);
  }
}
