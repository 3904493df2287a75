import type { GatewayLease } from '@parley/sessions';

/** A lease under which sessions of watched users are registered. */
export interface StandingLease {
  readonly lease: GatewayLease;
  /** When it was last known to live, in milliseconds of the monotonic clock. */
  aliveAt: number;
  /** The watched users with sessions under it. */
  readonly userIds: Set<string>;
}

/** Which leases the watched users stand on: as many as there are gateways, however many users they hold. */
export class StandingLeases {
  private readonly leases = new Map<string, StandingLease>();

  /** The user has a session under this lease, as of `at`. */
  add(userId: string, lease: GatewayLease, at: number): StandingLease {
    const key = `${lease.gateway}/${lease.incarnation}`;
    const standing = this.leases.get(key) ?? { lease, aliveAt: at, userIds: new Set<string>() };
    standing.userIds.add(userId);
    this.leases.set(key, standing);
    return standing;
  }

  remove(userId: string, standing: StandingLease): void {
    standing.userIds.delete(userId);
    if (standing.userIds.size === 0) this.leases.delete(`${standing.lease.gateway}/${standing.lease.incarnation}`);
  }

  all(): StandingLease[] {
    return [...this.leases.values()];
  }
}
