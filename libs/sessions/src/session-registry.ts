/** Where a device's live session is. */
export interface SessionAddress {
  user_id: string;
  device_id: string;
  gateway: string;
  /** One life of that gateway. */
  incarnation: string;
  session_id: string;
}

/**
 * Who is connected where: at most one live session per (user, device).
 *
 * A registration is seen by every look-up that starts after it resolved. Best effort on purpose: it may be wiped at any time;
 * what a look-up misses, the device's next comparison with its inbox finds.
 */
export abstract class SessionRegistry {
  /** Puts this session in the place of its device. Resolves to the session that it replaced, or null. */
  abstract register(session: SessionAddress): Promise<SessionAddress | null>;

  /** Removes the session if it is still the one in its place; a newer one stays. Resolves to whether it was. */
  abstract remove(session: SessionAddress): Promise<boolean>;

  /** The live sessions of each of these users; a user without one is absent. */
  abstract sessionsOf(userIds: readonly string[]): Promise<Map<string, SessionAddress[]>>;
}
