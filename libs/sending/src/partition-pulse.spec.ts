import { describe, expect, it } from 'vitest';
import { PartitionPulse } from './partition-pulse.js';

describe('PartitionPulse', () => {
  it('is stalled after 5 s without a verdict while records wait, each partition by itself', () => {
    let now = 0;
    const pulse = new PartitionPulse(() => now);
    pulse.published(1);
    now = 5_000;
    expect(pulse.isStalled(1)).toBe(false);
    now = 5_001;
    expect(pulse.isStalled(1)).toBe(true);
    expect(pulse.isStalled(2)).toBe(false);
    expect(pulse.stalled()).toEqual([1]);
  });

  it('beats again with every verdict, and with none waiting', () => {
    let now = 0;
    const pulse = new PartitionPulse(() => now);
    pulse.published(1);
    pulse.published(1);
    now = 4_000;
    pulse.settled(1, true);
    now = 8_000;
    expect(pulse.isStalled(1)).toBe(false);
    now = 9_001;
    expect(pulse.isStalled(1)).toBe(true);
    pulse.settled(1, false);
    expect(pulse.isStalled(1)).toBe(false);
  });
});
