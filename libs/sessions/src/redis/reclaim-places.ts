import { RedisScript, type RedisClient } from '@parley/redis-connection';
import { claimPlace } from '../claim.js';
import type { Reclaimed, SessionAddress } from '../session-registry.js';
import type { LiveLeases } from './live-leases.js';
import { PLACES_TTL_MS, REPLACE_PLACE } from './place-scripts.js';
import { decodePlace, encodePlace, placesKey, type Place } from './places.js';

/** Sessions whose places are read and written in one round trip each. */
const AT_ONCE = 500;

/**
 * Reads who stands in the places, decides, and replaces each place only if it is still as it was read; where it is not,
 * it looks again. What it read of the leases cannot mislead it: one that has ended never comes back, and one that ends a
 * moment later would have been found alive a moment earlier.
 */
export class ReclaimPlaces {
  private readonly replacing: RedisScript;

  constructor(
    private readonly redis: RedisClient,
    private readonly leases: LiveLeases,
  ) {
    this.replacing = new RedisScript(redis, 'reclaim a session', REPLACE_PLACE);
  }

  async execute(sessions: readonly SessionAddress[]): Promise<Reclaimed> {
    const reclaimed: Reclaimed = { lost: [], replaced: [] };
    let open = [...sessions];
    while (open.length > 0) {
      const overtaken = await this.claim(open.slice(0, AT_ONCE), reclaimed);
      open = [...overtaken, ...open.slice(AT_ONCE)];
    }
    return reclaimed;
  }

  /** Adds to `reclaimed`. Resolves to the sessions in whose place somebody else has stepped meanwhile. */
  private async claim(sessions: readonly SessionAddress[], reclaimed: Reclaimed): Promise<SessionAddress[]> {
    const seen = await Promise.all(sessions.map((session) => this.read(session)));
    const holders = seen.map((place, index) => (place === null ? null : decodePlace(sessions[index].user_id, place)));
    const lives = await this.leases.amongNow(holders.filter((holder) => holder !== null));
    const overtaken = sessions.map(async (session, index) => {
      const holder = holders[index];
      const claim = claimPlace(session, holder && { session: holder, lives: lives(holder) });
      if (claim.lost) reclaimed.lost.push(session);
      else if (!(await this.replace(session, seen[index]))) return session;
      else if (claim.replaces) reclaimed.replaced.push(claim.replaces);
      return null;
    });
    return (await Promise.all(overtaken)).filter((session) => session !== null);
  }

  private read({ user_id, device_id }: SessionAddress): Promise<Place | null> {
    return this.redis.ask('look up a session', (redis) => redis.hget(placesKey(user_id), device_id));
  }

  private async replace(session: SessionAddress, seen: Place | null): Promise<boolean> {
    const keys = [placesKey(session.user_id)];
    const { device_id } = session;
    return (await this.replacing.run(keys, device_id, encodePlace(session), seen ?? '', PLACES_TTL_MS)) === 1;
  }
}
