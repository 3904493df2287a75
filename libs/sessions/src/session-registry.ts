/** Where a device's live session is. */
export interface SessionAddress {
  user_id: string;
  device_id: string;
  /** The gateway's address on the gateway link, `host:port`. */
  gateway: string;
  /** The life of the gateway's lease under which the session is registered. */
  incarnation: string;
  session_id: string;
  /** When the gateway took the connection: milliseconds since 1970 by its wall clock. Decides between claims only. */
  connected_at: number;
  /** What the client said last of whether its user is there; left out: the user is. */
  away?: true;
}

/** What became of sessions whose gateway lost its lease. Those in neither list stand in their places. */
export interface Reclaimed {
  /** Asked for their place and did not get it: a live session that connected later holds it. */
  lost: SessionAddress[];
  /** Held a place under a live lease, connected earlier, and gave way. */
  replaced: SessionAddress[];
}

/** The session's own lease does not live (any more): it cannot be registered under this incarnation. */
export class LeaseLapsed extends Error {
  constructor({ gateway, incarnation }: Pick<SessionAddress, 'gateway' | 'incarnation'>) {
    super(`${gateway} holds no lease as ${incarnation}`);
    this.name = 'LeaseLapsed';
  }
}

/**
 * Who is connected where: at most one live session per (user, device). A session counts while the lease of its (gateway,
 * incarnation) lives ({@link GatewayLeases}), and at most a second longer.
 *
 * A registration is seen by every look-up that starts after it resolved. Best effort on purpose: it may be wiped at any
 * time; what a look-up misses, the device's next comparison with its inbox finds. Every method rejects when the engine
 * does not answer, and then it is unknown what took effect.
 */
export abstract class SessionRegistry {
  /**
   * Puts this session in the place of its device, whoever holds it. Resolves to the session that it replaced, or null; one
   * whose lease has lapsed is named, too, since its connection may be open all the same.
   *
   * Rejects with {@link LeaseLapsed} and changes nothing when the session's own lease does not live: a gateway that slept
   * through its lease must not put what it still had in hand in the place of a newer session.
   */
  abstract register(session: SessionAddress): Promise<SessionAddress | null>;

  /** Removes the session if it is still the one in its place; a newer one stays. Resolves to whether it was. */
  abstract remove(session: SessionAddress): Promise<boolean>;

  /**
   * Writes down anew what the session says of itself, if it is still the one in its place. Resolves to whether it was.
   */
  abstract restate(session: SessionAddress): Promise<boolean>;

  /**
   * After a lapse: puts sessions back in their places, under the incarnation that they name now. A place goes to the
   * session that connected last; one that does not count gives way in any case. Of equal times the greater session id
   * wins, so two gateways never both end the other's session. Both lists of the answer are for the caller to end as
   * `replaced`, with a signal where the session is elsewhere.
   */
  abstract reclaim(sessions: readonly SessionAddress[]): Promise<Reclaimed>;

  /** The sessions of each of these users that count; a user without one is absent. */
  abstract sessionsOf(userIds: readonly string[]): Promise<Map<string, SessionAddress[]>>;
}
