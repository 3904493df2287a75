import { Logger } from '@nestjs/common';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Signal, Signals } from '../signals.js';

/** What every signal plane does. `open` gives one without subscribers. */
export function signalsContract(name: string, open: () => Promise<Signals>): void {
  describe(`${name} as signals`, () => {
    const revoked: Signal = { type: 'revoked', family: 'family-1' };
    const replaced: Signal = { type: 'replaced', gateway: 'gateway-a', session_id: 'session-1' };
    const removed: Signal = { type: 'device-removed', generation: 'life-1' };
    let signals: Signals;

    beforeEach(async () => {
      // A failing listener is logged; the log of a test run is for real faults.
      Logger.overrideLogger(false);
      signals = await open();
    });

    afterEach(() => {
      Logger.overrideLogger(new Logger());
    });

    it('reaches every subscriber once, those in the publishing process included', async () => {
      const [first, second] = [collector(signals), collector(signals)];
      await signals.publish(revoked);
      await vi.waitFor(() => expect([first, second]).toEqual([[revoked], [revoked]]));
    });

    it('carries each type of signal unchanged', async () => {
      const got = collector(signals);
      const all = [revoked, replaced, removed];
      for (const signal of all) await signals.publish(signal);
      await vi.waitFor(() => expect(got).toHaveLength(all.length));
      expect(got).toEqual(expect.arrayContaining(all));
    });

    it('spares the others when a listener throws', async () => {
      const before = collector(signals);
      signals.subscribe(() => {
        throw new Error('a fault of this listener');
      });
      const after = collector(signals);
      await expect(signals.publish(revoked)).resolves.toBeUndefined();
      await vi.waitFor(() => expect([before, after]).toEqual([[revoked], [revoked]]));
    });

    it('tells a subscriber nothing of what was published before', async () => {
      const early = collector(signals);
      await signals.publish(revoked);
      await vi.waitFor(() => expect(early).toEqual([revoked]));
      const late = collector(signals);
      await signals.publish(replaced);
      await vi.waitFor(() => expect(late).toEqual([replaced]));
    });

    it('ends one subscription and leaves the others, also of the same listener', async () => {
      const got: Signal[] = [];
      const listener = (signal: Signal): void => void got.push(signal);
      const stop = signals.subscribe(listener);
      signals.subscribe(listener);
      stop();
      stop();
      await signals.publish(revoked);
      await vi.waitFor(() => expect(got).toContainEqual(revoked));
      const witness = collector(signals);
      await signals.publish(replaced);
      await vi.waitFor(() => expect(witness).toEqual([replaced]));
      expect(got).toEqual([revoked, replaced]);
    });

    it('takes a signal that nobody waits for', async () => {
      await expect(signals.publish(revoked)).resolves.toBeUndefined();
    });
  });
}

function collector(signals: Signals): Signal[] {
  const got: Signal[] = [];
  signals.subscribe((signal) => got.push(signal));
  return got;
}
