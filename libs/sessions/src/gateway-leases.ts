/** How long a lease lives without a renewal: the longest time for which the sessions of a gateway that crashed still count. */
export const LEASE_MS = 6_000;

/** Two renewals may fail before a lease lapses. */
export const RENEW_EVERY_MS = 2_000;

/** The right of one gateway to have its sessions counted. */
export interface GatewayLease {
  /** The gateway's address on the gateway link, `host:port`. */
  gateway: string;
  /** One life of the lease: a new one is chosen whenever the lease is taken, and an old one never comes back. */
  incarnation: string;
}

/** A gateway whose lease lives. */
export interface LivingGateway extends GatewayLease {
  /** As it said at its last renewal. */
  sessions: number;
  /** How long the lease lives without another renewal, in milliseconds. */
  lapses_in_ms: number;
}

/**
 * One lease per gateway. Sessions are registered under (gateway, incarnation) and count only while that lease lives, so a
 * crash costs one lapse and a heartbeat costs one write per gateway, however many sessions it holds.
 *
 * A lease ends by lapse, by release, by a newer incarnation, or when the engine is wiped; no renewal brings it back. Who
 * finds it ended takes a new incarnation and reclaims its sessions under that. Every method rejects when the engine does
 * not answer: then it is unknown whether the lease was taken, renewed or released.
 */
export abstract class GatewayLeases {
  /** Starts the lease of this incarnation for `LEASE_MS`, in the place of any older incarnation of the gateway. */
  abstract take(lease: GatewayLease): Promise<void>;

  /**
   * Lets the lease live for `LEASE_MS` from now. False, and nothing is changed, when it has ended. `sessions`: how many the
   * gateway holds, for the people who look at `living`.
   */
  abstract renew(lease: GatewayLease, sessions?: number): Promise<boolean>;

  /** Those of the leases that live now. */
  abstract livingOf(leases: readonly GatewayLease[]): Promise<GatewayLease[]>;

  /** Ends the lease; that of another incarnation stays. */
  abstract release(lease: GatewayLease): Promise<void>;

  /** The gateways whose leases live now, by address. */
  abstract living(): Promise<LivingGateway[]>;
}
