import { checkDeliveries } from './check-deliveries.js';
import { checkIdentities } from './check-identities.js';
import { checkMarks } from './check-marks.js';
import { checkOrder } from './check-order.js';
import { checkOutcomes } from './check-outcomes.js';
import type { Observations, Violation } from './observations.js';

/**
 * Checks what a run left behind against the promises of the product:
 *
 * - I1 what was accepted is shown once by every device of every member as of its seq, and is in history once
 * - I2 what was refused is shown nowhere, what has an unknown outcome at most once
 * - I3 nothing is shown that was not sent, there and with that content
 * - I4 seq, message id and key name each other one to one within a conversation; a message id names one entry at all
 * - I5 nothing is shown twice, nothing comes twice on one connection, and nothing comes again that was acknowledged
 * - I6 one order everywhere
 * - I7 history has no hole
 * - I8 one client's sends are sequenced as it sent them
 * - I9 what was accepted before another send began has the lower seq
 * - I10 what was accepted is in every history read after that
 * - I11 nothing is shown to who was no member as of its seq
 * - I12 heads and marks never fall in a list of conversations, and what is unread is counted right
 *
 * An empty list is a pass only where something was accepted: look at `acceptedSends`. O(n log n).
 */
export function check(observations: Observations): Violation[] {
  return [
    ...checkOutcomes(observations),
    ...checkIdentities(observations),
    ...checkDeliveries(observations),
    ...checkOrder(observations),
    ...checkMarks(observations),
  ];
}

export function acceptedSends(observations: Observations): number {
  return observations.sends.filter(({ outcome }) => outcome.result === 'accepted').length;
}
