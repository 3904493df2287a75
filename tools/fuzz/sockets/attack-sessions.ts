import { FuzzSession } from './fuzz-session.js';
import { DEVICES, type World } from '../world.js';

/** The attackers' sessions: opened when they are needed, and again when one has ended. */
export class AttackSessions {
  /** Of each attacker the present one, and whether it is still of use. */
  private readonly sessions: ({ opening: Promise<FuzzSession>; opened: FuzzSession | null } | null)[];

  constructor(
    private readonly url: string,
    private readonly world: World,
  ) {
    this.sessions = world.attackers.map(() => null);
  }

  get count(): number {
    return this.sessions.length;
  }

  auth(index: number, device = DEVICES[index % DEVICES.length]): Record<string, unknown> {
    return { token: this.world.attackers[index].api.accessToken, device_id: device, protocol: 1 };
  }

  /** Rejects where none can be had. */
  get(index: number): Promise<FuzzSession> {
    const present = this.sessions[index];
    // Two who ask at once must get the same one: a second on the same device would replace it.
    if (present && (present.opened?.isOpen ?? true)) return present.opening;
    const next = { opening: FuzzSession.open(this.url, this.auth(index)), opened: null as FuzzSession | null };
    next.opening.then(
      (session) => (next.opened = session),
      () => (this.sessions[index] = null),
    );
    this.sessions[index] = next;
    return next.opening;
  }

  /** Forgets a session: the next `get` opens another. */
  async drop(index: number): Promise<void> {
    const present = this.sessions[index];
    this.sessions[index] = null;
    (await present?.opening.catch(() => null))?.drop();
  }

  async dropAll(): Promise<void> {
    await Promise.all(this.sessions.map((_, index) => this.drop(index)));
  }
}
