import { RedisScript, type RedisClient } from '@parley/redis-connection';
import { LeaseLapsed, SessionRegistry, type Reclaimed, type SessionAddress } from '../session-registry.js';
import { LiveLeases } from './live-leases.js';
import { PLACES_TTL_MS, REGISTER, REMOVE_PLACE, REMOVE_SESSION, RESTATE_PLACE } from './place-scripts.js';
import { decodePlace, encodePlace, placesKey, type Place } from './places.js';
import { ReclaimPlaces } from './reclaim-places.js';
import { leaseKey } from './redis-gateway-leases.js';

/**
 * A hash per user with a place per device. Nothing is written when a gateway dies: its places cease to count with its
 * lease, and whoever comes across one clears it away.
 */
export class RedisSessionRegistry extends SessionRegistry {
  private readonly leases: LiveLeases;
  private readonly reclaiming: ReclaimPlaces;
  private readonly registering: RedisScript;
  private readonly removing: RedisScript;
  private readonly clearing: RedisScript;
  private readonly restating: RedisScript;

  /** `now`: a monotonic clock in milliseconds. */
  constructor(
    private readonly redis: RedisClient,
    now: () => number = () => performance.now(),
  ) {
    super();
    this.leases = new LiveLeases(redis, now);
    this.reclaiming = new ReclaimPlaces(redis, this.leases);
    this.registering = new RedisScript(redis, 'register a session', REGISTER);
    this.removing = new RedisScript(redis, 'remove a session', REMOVE_SESSION);
    this.clearing = new RedisScript(redis, 'clear a place', REMOVE_PLACE);
    this.restating = new RedisScript(redis, 'restate a session', RESTATE_PLACE);
  }

  override async register(session: SessionAddress): Promise<SessionAddress | null> {
    const { user_id, device_id, gateway, incarnation } = session;
    const keys = [placesKey(user_id), leaseKey(gateway)];
    const answer = await this.registering.run(keys, device_id, encodePlace(session), incarnation, PLACES_TTL_MS);
    const [registered, before] = answer as [0 | 1, Place | null];
    if (!registered) throw new LeaseLapsed(session);
    return before === null ? null : decodePlace(user_id, before);
  }

  override async remove({ user_id, device_id, session_id }: SessionAddress): Promise<boolean> {
    return (await this.removing.run([placesKey(user_id)], device_id, session_id)) === 1;
  }

  override async restate(session: SessionAddress): Promise<boolean> {
    const { user_id, device_id, session_id } = session;
    return (await this.restating.run([placesKey(user_id)], device_id, session_id, encodePlace(session))) === 1;
  }

  override reclaim(sessions: readonly SessionAddress[]): Promise<Reclaimed> {
    return this.reclaiming.execute(sessions);
  }

  override async sessionsOf(userIds: readonly string[]): Promise<Map<string, SessionAddress[]>> {
    const places = await this.redis.ask('look up sessions', (redis) =>
      Promise.all(userIds.map((userId) => redis.hvals(placesKey(userId)))),
    );
    const sessions = places.flatMap((ofUser, index) => ofUser.map((place) => decodePlace(userIds[index], place)));
    const lives = await this.leases.among(sessions);
    const found = new Map<string, SessionAddress[]>();
    for (const session of sessions) {
      if (!lives(session)) {
        this.clear(session);
        continue;
      }
      const ofUser = found.get(session.user_id);
      if (ofUser) ofUser.push(session);
      else found.set(session.user_id, [session]);
    }
    return found;
  }

  /** In nobody's way: what does not count may as well stay until the next look-up. */
  private clear(session: SessionAddress): void {
    const { user_id, device_id } = session;
    this.clearing.run([placesKey(user_id)], device_id, encodePlace(session)).catch(() => undefined);
  }
}
