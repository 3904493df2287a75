import { Logger } from '@nestjs/common';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Following, Signal, Signals, Topic } from '../signals.js';

/** What every signal plane does. `open` gives one without subscribers. */
export function signalsContract(name: string, open: () => Promise<Signals>): void {
  describe(`${name} as signals`, () => {
    const revoked: Signal = { type: 'revoked', family: 'family-1' };
    const replaced: Signal = { type: 'replaced', gateway: 'gateway-a', session_id: 'session-1' };
    const removed: Signal = { type: 'device-removed', generation: 'life-1' };
    const typing: Signal = { type: 'typing', conversation_id: '7', user_id: '42', typing: true, session_ids: ['s'] };
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
      const presence: Signal = { type: 'presence', user_id: '42' };
      const receipt: Signal = { type: 'receipt', conversation_id: '7', user_id: '42', session_ids: ['s', 't'] };
      const all = [revoked, replaced, removed, presence, typing, receipt];
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

    it('tells what is about a topic to those who follow it, and to nobody else', async () => {
      const everything = collector(signals);
      const [mine, others] = [follower(signals, 'presence:42'), follower(signals, 'presence:43')];
      await Promise.all([mine.heard, others.heard]);
      await signals.publish(typing, 'presence:42');
      await signals.publish(revoked);
      await signals.publish(typing, 'presence:43');
      await vi.waitFor(() => expect([mine.got, others.got]).toEqual([[typing], [typing]]));
      await vi.waitFor(() => expect(everything).toEqual([revoked]));
    });

    it('hears a topic from the moment at which it says so, and until the last who follows it stops', async () => {
      const [one, other] = [follower(signals, 'gateway:a:1'), follower(signals, 'gateway:a:1')];
      await other.heard;
      await signals.publish(typing, 'gateway:a:1');
      await vi.waitFor(() => expect([one.got, other.got]).toEqual([[typing], [typing]]));
      one.stop();
      one.stop();
      await signals.publish(revoked, 'gateway:a:1');
      await vi.waitFor(() => expect(other.got).toEqual([typing, revoked]));
      other.stop();
      const again = follower(signals, 'gateway:a:1');
      await again.heard;
      await signals.publish(replaced, 'gateway:a:1');
      await vi.waitFor(() => expect(again.got).toEqual([replaced]));
      expect([one.got, other.got]).toEqual([[typing], [typing, revoked]]);
    });

    it('takes a signal that nobody waits for', async () => {
      await expect(signals.publish(revoked)).resolves.toBeUndefined();
      await expect(signals.publish(typing, 'gateway:nobody:1')).resolves.toBeUndefined();
    });
  });
}

function follower(signals: Signals, topic: Topic): Following & { got: Signal[] } {
  const got: Signal[] = [];
  return { ...signals.follow(topic, (signal) => got.push(signal)), got };
}

function collector(signals: Signals): Signal[] {
  const got: Signal[] = [];
  signals.subscribe((signal) => got.push(signal));
  return got;
}
