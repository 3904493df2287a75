import type { RateRule } from '@parley/rate-limits';

/** How much a user may send, over all devices, gateways and REST, and how much a conversation takes. */
export class SendLimits {
  constructor(
    readonly user: RateRule,
    readonly conversation: RateRule,
  ) {}
}

/** The limits as the configuration gives them; a conversation takes two seconds' worth at once. */
export function sendLimitsOf(config: {
  readonly SENDS_PER_SECOND: number;
  readonly SEND_BURST: number;
  readonly CONVERSATION_SENDS_PER_SECOND: number;
}): SendLimits {
  const perSecond = config.CONVERSATION_SENDS_PER_SECOND;
  return new SendLimits(
    { perSecond: config.SENDS_PER_SECOND, burst: config.SEND_BURST },
    { perSecond, burst: 2 * perSecond },
  );
}
