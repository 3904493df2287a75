import { randomUUID } from 'node:crypto';
import type { Verdict, VerdictAddress } from '@parley/contracts';

/**
 * The verdicts this process waits for, by the message id that it gave to the record. The address goes into the record's
 * header; whatever receives frames of the gateway link at that address hands the verdicts in here.
 */
export class PendingVerdicts {
  readonly address: VerdictAddress;
  private readonly waiting = new Map<string, (outcome: Verdict['outcome']) => void>();

  constructor(name: string, incarnation: string = randomUUID()) {
    this.address = { gateway: name, incarnation };
  }

  /**
   * Starts waiting; call it before the record is published. `outcome` resolves to null when `timeoutMs` passes first.
   * `cancel` ends the wait with null.
   */
  expect(messageId: string, timeoutMs: number): { outcome: Promise<Verdict['outcome'] | null>; cancel: () => void } {
    let cancel = (): void => undefined;
    const outcome = new Promise<Verdict['outcome'] | null>((resolve) => {
      const settle = (value: Verdict['outcome'] | null): void => {
        clearTimeout(timer);
        this.waiting.delete(messageId);
        resolve(value);
      };
      const timer = setTimeout(settle, timeoutMs, null);
      this.waiting.set(messageId, settle);
      cancel = () => settle(null);
    });
    return { outcome, cancel };
  }

  /** Verdicts nobody waits for any more are dropped: their clients retry with the same key. */
  take(verdicts: readonly Verdict[]): void {
    for (const verdict of verdicts) this.waiting.get(verdict.message_id)?.(verdict.outcome);
  }

  get size(): number {
    return this.waiting.size;
  }
}
