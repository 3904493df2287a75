import type { SessionLimits } from '@parley/contracts';

/** What an operator decides about a gateway. */
export class GatewaySettings {
  constructor(
    /** What clients are told in `session:ready`. */
    readonly limits: SessionLimits,
    /** Beyond it, connections are refused at the upgrade. */
    readonly maxConnections: number,
    /** Long polling beside WebSocket: only where one process serves everything. */
    readonly polling: boolean,
  ) {}

  get devicesPerUser(): number {
    return this.limits.devices_per_user;
  }
}
