import { claimPlace } from '../claim.js';
import { LeaseLapsed, SessionRegistry, type Reclaimed, type SessionAddress } from '../session-registry.js';
import type { InMemoryGatewayLeases } from './in-memory-gateway-leases.js';

/** The registry of a fleet of one process: what it forgets when the process ends, the process's sockets take with them. */
export class InMemorySessionRegistry extends SessionRegistry {
  private readonly users = new Map<string, Map<string, SessionAddress>>();

  constructor(private readonly leases: InMemoryGatewayLeases) {
    super();
  }

  override async register(session: SessionAddress): Promise<SessionAddress | null> {
    if (!this.leases.lives(session)) throw new LeaseLapsed(session);
    const replaced = this.holderOf(session);
    this.place(session);
    return replaced;
  }

  override async remove(session: SessionAddress): Promise<boolean> {
    const devices = this.users.get(session.user_id);
    if (devices?.get(session.device_id)?.session_id !== session.session_id) return false;
    devices.delete(session.device_id);
    if (devices.size === 0) this.users.delete(session.user_id);
    return true;
  }

  override async restate(session: SessionAddress): Promise<boolean> {
    if (this.holderOf(session)?.session_id !== session.session_id) return false;
    this.place(session);
    return true;
  }

  override async reclaim(sessions: readonly SessionAddress[]): Promise<Reclaimed> {
    const reclaimed: Reclaimed = { lost: [], replaced: [] };
    for (const session of sessions) {
      const holder = this.holderOf(session);
      const claim = claimPlace(session, holder && { session: holder, lives: this.leases.lives(holder) });
      if (claim.lost) {
        reclaimed.lost.push(session);
        continue;
      }
      this.place(session);
      if (claim.replaces) reclaimed.replaced.push(claim.replaces);
    }
    return reclaimed;
  }

  override async sessionsOf(userIds: readonly string[]): Promise<Map<string, SessionAddress[]>> {
    const found = new Map<string, SessionAddress[]>();
    for (const userId of userIds) {
      const sessions = [...(this.users.get(userId)?.values() ?? [])].filter((session) => this.leases.lives(session));
      if (sessions.length > 0) found.set(userId, sessions);
    }
    return found;
  }

  private holderOf({ user_id, device_id }: SessionAddress): SessionAddress | null {
    return this.users.get(user_id)?.get(device_id) ?? null;
  }

  private place(session: SessionAddress): void {
    const devices = this.users.get(session.user_id);
    if (devices) devices.set(session.device_id, session);
    else this.users.set(session.user_id, new Map([[session.device_id, session]]));
  }
}
