import { SessionRegistry, type SessionAddress } from '../session-registry.js';

/** The registry of a fleet of one process: what it forgets when the process ends, the process's sockets take with them. */
export class InMemorySessionRegistry extends SessionRegistry {
  private readonly users = new Map<string, Map<string, SessionAddress>>();

  override async register(session: SessionAddress): Promise<SessionAddress | null> {
    const devices = this.users.get(session.user_id) ?? new Map<string, SessionAddress>();
    const replaced = devices.get(session.device_id) ?? null;
    devices.set(session.device_id, session);
    this.users.set(session.user_id, devices);
    return replaced;
  }

  override async remove(session: SessionAddress): Promise<boolean> {
    const devices = this.users.get(session.user_id);
    if (devices?.get(session.device_id)?.session_id !== session.session_id) return false;
    devices.delete(session.device_id);
    if (devices.size === 0) this.users.delete(session.user_id);
    return true;
  }

  override async sessionsOf(userIds: readonly string[]): Promise<Map<string, SessionAddress[]>> {
    const found = new Map<string, SessionAddress[]>();
    for (const userId of userIds) {
      const devices = this.users.get(userId);
      if (devices) found.set(userId, [...devices.values()]);
    }
    return found;
  }
}
