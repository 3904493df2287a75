import type { RateRule } from '@parley/rate-limits';

/** How much a user may send, over all devices, gateways and REST, and how much a conversation takes. */
export class SendLimits {
  constructor(
    readonly user: RateRule,
    readonly conversation: RateRule,
  ) {}
}
