import { GatewayLeases, LEASE_MS, type GatewayLease, type LivingGateway } from '../gateway-leases.js';

/** The leases of a fleet of one process. */
export class InMemoryGatewayLeases extends GatewayLeases {
  /** By gateway. */
  private readonly leases = new Map<string, { incarnation: string; until: number; sessions: number }>();

  /** `now`: a monotonic clock in milliseconds. */
  constructor(private readonly now: () => number = () => performance.now()) {
    super();
  }

  override async take({ gateway, incarnation }: GatewayLease): Promise<void> {
    this.leases.set(gateway, { incarnation, until: this.now() + LEASE_MS, sessions: 0 });
  }

  override async renew(lease: GatewayLease, sessions = 0): Promise<boolean> {
    if (!this.lives(lease)) return false;
    const { gateway, incarnation } = lease;
    this.leases.set(gateway, { incarnation, until: this.now() + LEASE_MS, sessions });
    return true;
  }

  override async livingOf(leases: readonly GatewayLease[]): Promise<GatewayLease[]> {
    return leases.filter((lease) => this.lives(lease));
  }

  override async release(lease: GatewayLease): Promise<void> {
    if (this.lives(lease)) this.leases.delete(lease.gateway);
  }

  override async living(): Promise<LivingGateway[]> {
    return [...this.leases]
      .map(([gateway, { incarnation, until, sessions }]) => {
        return { gateway, incarnation, sessions, lapses_in_ms: Math.ceil(until - this.now()) };
      })
      .filter(({ lapses_in_ms }) => lapses_in_ms > 0)
      .sort((a, b) => (a.gateway < b.gateway ? -1 : 1));
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
