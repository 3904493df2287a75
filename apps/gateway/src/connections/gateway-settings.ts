import type { SessionLimits } from '@parley/contracts';

/** How connections are found out whose other end has gone without a word: within the sum of the two, in milliseconds. */
export interface Heartbeat {
  intervalMs: number;
  timeoutMs: number;
}

/** What an operator decides about a gateway. */
export class GatewaySettings {
  constructor(
    /** What clients are told in `session:ready`. */
    readonly limits: SessionLimits,
    /** Beyond it, connections are refused at the upgrade. */
    readonly maxConnections: number,
    /** Long polling beside WebSocket: only where one process serves everything. */
    readonly polling: boolean,
    readonly heartbeat: Heartbeat,
  ) {}

  get devicesPerUser(): number {
    return this.limits.devices_per_user;
  }
}
