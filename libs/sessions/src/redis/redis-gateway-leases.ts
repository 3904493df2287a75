import { RedisScript, type RedisClient } from '@parley/redis-connection';
import { GatewayLeases, LEASE_MS, type GatewayLease, type LivingGateway } from '../gateway-leases.js';

/**
 * The gateways: a hash of what each said last. It lives as long as the lease that was renewed last; a gateway whose lease
 * ended before that goes at the next look.
 */
const GATEWAYS = 'gateways';

/** KEYS: the lease, the gateways. ARGV: incarnation, milliseconds, gateway. */
const TAKE = `
redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
redis.call('HSET', KEYS[2], ARGV[3], 0)
redis.call('PEXPIRE', KEYS[2], ARGV[2])
return 1`;

/** KEYS: the lease, the gateways. ARGV: incarnation, milliseconds, gateway, sessions. A lease that is not there stays away. */
const RENEW = `
if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
redis.call('PEXPIRE', KEYS[1], ARGV[2])
redis.call('HSET', KEYS[2], ARGV[3], ARGV[4])
redis.call('PEXPIRE', KEYS[2], ARGV[2])
return 1`;

/** KEYS: the lease. ARGV: incarnation. */
const RELEASE = `
if redis.call('GET', KEYS[1]) == ARGV[1] then redis.call('DEL', KEYS[1]) end
return 1`;

/** KEYS: the lease, the gateways. ARGV: gateway. Answers the incarnation and what is left of it, or forgets the gateway. */
const LOOK = `
local incarnation = redis.call('GET', KEYS[1])
if incarnation then return {incarnation, redis.call('PTTL', KEYS[1])} end
redis.call('HDEL', KEYS[2], ARGV[1])
return nil`;

/** One key per gateway: its value is the incarnation, its time to live the lease's. */
export class RedisGatewayLeases extends GatewayLeases {
  private readonly taking: RedisScript;
  private readonly renewing: RedisScript;
  private readonly releasing: RedisScript;
  private readonly looking: RedisScript;

  constructor(private readonly redis: RedisClient) {
    super();
    this.taking = new RedisScript(redis, 'take a lease', TAKE);
    this.renewing = new RedisScript(redis, 'renew a lease', RENEW);
    this.releasing = new RedisScript(redis, 'release a lease', RELEASE);
    this.looking = new RedisScript(redis, 'look at a lease', LOOK);
  }

  override async take({ gateway, incarnation }: GatewayLease): Promise<void> {
    await this.taking.run([leaseKey(gateway), GATEWAYS], incarnation, LEASE_MS, gateway);
  }

  override async renew({ gateway, incarnation }: GatewayLease, sessions = 0): Promise<boolean> {
    const keys = [leaseKey(gateway), GATEWAYS];
    return (await this.renewing.run(keys, incarnation, LEASE_MS, gateway, sessions)) === 1;
  }

  override async livingOf(leases: readonly GatewayLease[]): Promise<GatewayLease[]> {
    if (leases.length === 0) return [];
    const keys = leases.map(({ gateway }) => leaseKey(gateway));
    const living = await this.redis.ask('look up leases', (redis) => redis.mget(keys));
    return leases.filter(({ incarnation }, index) => living[index] === incarnation);
  }

  override async release({ gateway, incarnation }: GatewayLease): Promise<void> {
    await this.releasing.run([leaseKey(gateway)], incarnation);
  }

  override async living(): Promise<LivingGateway[]> {
    const said = await this.redis.ask('list the gateways', (redis) => redis.hgetall(GATEWAYS));
    const looked = await Promise.all(Object.keys(said).map((gateway) => this.look(gateway, Number(said[gateway]))));
    return looked.filter((one) => one !== null).sort((a, b) => (a.gateway < b.gateway ? -1 : 1));
  }

  private async look(gateway: string, sessions: number): Promise<LivingGateway | null> {
    const found = (await this.looking.run([leaseKey(gateway), GATEWAYS], gateway)) as [string, number] | null;
    return found && { gateway, incarnation: found[0], sessions, lapses_in_ms: found[1] };
  }
}

export function leaseKey(gateway: string): string {
  return `lease:${gateway}`;
}
