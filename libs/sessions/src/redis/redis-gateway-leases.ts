import { RedisScript, type RedisClient } from '@parley/redis-connection';
import { GatewayLeases, LEASE_MS, type GatewayLease } from '../gateway-leases.js';

/** KEYS: the lease. ARGV: incarnation, milliseconds. A lease that is not there stays away. */
const RENEW = `
if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
redis.call('PEXPIRE', KEYS[1], ARGV[2])
return 1`;

/** KEYS: the lease. ARGV: incarnation. */
const RELEASE = `
if redis.call('GET', KEYS[1]) == ARGV[1] then redis.call('DEL', KEYS[1]) end
return 1`;

/** One key per gateway: its value is the incarnation, its time to live the lease's. */
export class RedisGatewayLeases extends GatewayLeases {
  private readonly renewing: RedisScript;
  private readonly releasing: RedisScript;

  constructor(private readonly redis: RedisClient) {
    super();
    this.renewing = new RedisScript(redis, 'renew a lease', RENEW);
    this.releasing = new RedisScript(redis, 'release a lease', RELEASE);
  }

  override async take({ gateway, incarnation }: GatewayLease): Promise<void> {
    await this.redis.ask('take a lease', (redis) => redis.set(leaseKey(gateway), incarnation, 'PX', LEASE_MS));
  }

  override async renew({ gateway, incarnation }: GatewayLease): Promise<boolean> {
    return (await this.renewing.run([leaseKey(gateway)], incarnation, LEASE_MS)) === 1;
  }

  override async release({ gateway, incarnation }: GatewayLease): Promise<void> {
    await this.releasing.run([leaseKey(gateway)], incarnation);
  }
}

export function leaseKey(gateway: string): string {
  return `lease:${gateway}`;
}
