import type { Random } from '@parley/harness';
import { faultsOfOneNode, faultsOfOneOfThree, type Fault } from './faults.js';

/**
 * Fault after fault, chosen at random as long as `goesOn` says so. With three nodes of an engine each second one strikes
 * a single node.
 */
export function* randomFaults(random: Random, nodes: 1 | 3, goesOn: () => boolean): Generator<Fault> {
  while (goesOn()) {
    const durations = {
      engineAway: random.between(2_000, 25_000),
      // A router's session ends after 6 s, a gateway's lease too: on either side of that.
      paused: random.between(1_000, 14_000),
      processAway: random.between(0, 4_000),
    };
    const ofOneOfThree = nodes === 3 && random.chance(0.5);
    if (ofOneOfThree) {
      // Long enough that the others have taken over in the meantime.
      yield random.pick(faultsOfOneOfThree({ ...durations, engineAway: random.between(12_000, 25_000) }));
    } else {
      yield random.pick(faultsOfOneNode(durations));
    }
  }
}
