import type { RedisClient } from '@parley/redis-connection';
import type { GatewayLease } from '../gateway-leases.js';
import { leaseKey } from './redis-gateway-leases.js';

/** For how long a lease counts as live without being asked for again. */
const TRUSTED_MS = 1_000;

/**
 * Which leases live. An answer of "lives" is kept for a second, one of "does not live" never: so a look-up may count a
 * session a second too long, but never misses one whose gateway has just taken its lease.
 */
export class LiveLeases {
  /** By gateway, the incarnation that lives. */
  private trusted = new Map<string, string>();
  private trustedSince = 0;

  constructor(
    private readonly redis: RedisClient,
    /** A monotonic clock in milliseconds. */
    private readonly now: () => number,
  ) {}

  /** Resolves to a test that holds for these leases only. */
  async among(leases: Iterable<GatewayLease>): Promise<(lease: GatewayLease) => boolean> {
    if (this.now() - this.trustedSince >= TRUSTED_MS) {
      this.trusted = new Map();
      this.trustedSince = this.now();
    }
    const { trusted } = this;
    const unknown = new Set<string>();
    for (const { gateway, incarnation } of leases) if (trusted.get(gateway) !== incarnation) unknown.add(gateway);
    const asked = await this.ask(unknown);
    for (const [gateway, incarnation] of asked) trusted.set(gateway, incarnation);
    return ({ gateway, incarnation }) => (asked.get(gateway) ?? trusted.get(gateway)) === incarnation;
  }

  /** As of now, whatever was answered before. */
  async amongNow(leases: Iterable<GatewayLease>): Promise<(lease: GatewayLease) => boolean> {
    const live = await this.ask(new Set(Array.from(leases, ({ gateway }) => gateway)));
    return ({ gateway, incarnation }) => live.get(gateway) === incarnation;
  }

  private async ask(gateways: ReadonlySet<string>): Promise<Map<string, string>> {
    const live = new Map<string, string>();
    const asked = Array.from(gateways, async (gateway) => {
      const incarnation = await this.redis.ask('look up a lease', (redis) => redis.get(leaseKey(gateway)));
      if (incarnation !== null) live.set(gateway, incarnation);
    });
    await Promise.all(asked);
    return live;
  }
}
