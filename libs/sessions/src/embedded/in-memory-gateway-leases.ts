import { GatewayLeases, LEASE_MS, type GatewayLease } from '../gateway-leases.js';

/** The leases of a fleet of one process. */
export class InMemoryGatewayLeases extends GatewayLeases {
  /** By gateway. */
  private readonly leases = new Map<string, { incarnation: string; until: number }>();

  /** `now`: a monotonic clock in milliseconds. */
  constructor(private readonly now: () => number = () => performance.now()) {
    super();
  }

  override async take({ gateway, incarnation }: GatewayLease): Promise<void> {
    this.leases.set(gateway, { incarnation, until: this.now() + LEASE_MS });
  }

  override async renew(lease: GatewayLease): Promise<boolean> {
    if (!this.lives(lease)) return false;
    await this.take(lease);
    return true;
  }

  override async release(lease: GatewayLease): Promise<void> {
    if (this.lives(lease)) this.leases.delete(lease.gateway);
  }

  /** Whether this incarnation's lease lives now. */
  lives({ gateway, incarnation }: GatewayLease): boolean {
    const lease = this.leases.get(gateway);
    return lease !== undefined && lease.incarnation === incarnation && this.now() < lease.until;
  }

  /** Forgets everything, as an engine does that comes back empty. */
  wipe(): void {
    this.leases.clear();
  }
}
