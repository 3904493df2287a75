import { Injectable } from '@nestjs/common';
import { PresenceGrace, type SessionAddress } from '@parley/sessions';
import { Signals } from '@parley/signals';
import type { Session } from '../connections/session.js';
import { StandingLeases } from './standing-leases.js';
import { WatchedUser } from './watched-user.js';

/** Hears that something about a user may have changed. */
type Hint = (user: WatchedUser) => void;

/** Whom the sessions of this gateway watch. A user is followed over signals while anybody does, and forgotten after. */
@Injectable()
export class WatchedUsers {
  readonly leases = new StandingLeases();
  /** Set by who looks. */
  onHint: Hint = () => undefined;
  private readonly users = new Map<string, { user: WatchedUser; heard: Promise<void>; stop: () => void }>();
  private readonly bySession = new Map<Session, Set<string>>();

  constructor(
    private readonly signals: Signals,
    private readonly grace: PresenceGrace,
  ) {}

  /** `heard` resolves when no later change goes unheard, as far as signals are heard at all. */
  watch(session: Session, userId: string): { user: WatchedUser; heard: Promise<void> } {
    const known = this.users.get(userId) ?? this.begin(userId);
    known.user.watchers.add(session);
    const watched = this.bySession.get(session) ?? new Set<string>();
    this.bySession.set(session, watched.add(userId));
    return known;
  }

  unwatch(session: Session, userId: string): void {
    const known = this.users.get(userId);
    const watched = this.bySession.get(session);
    watched?.delete(userId);
    if (watched?.size === 0) this.bySession.delete(session);
    if (!known?.user.watchers.delete(session) || known.user.watchers.size > 0) return;
    known.stop();
    this.stand(known.user, [], 0);
    this.users.delete(userId);
  }

  /** The session has ended. */
  forget(session: Session): void {
    for (const userId of this.watchedBy(session)) this.unwatch(session, userId);
  }

  watchedBy(session: Session): string[] {
    return [...(this.bySession.get(session) ?? [])];
  }

  find(userId: string): WatchedUser | undefined {
    return this.users.get(userId)?.user;
  }

  /** The user has these sessions, as of `at`; without any, what the user stood on says since when. */
  stand(user: WatchedUser, sessions: readonly SessionAddress[], at: number): void {
    const before = user.standsOn;
    user.standsOn = [...new Set(sessions.map((session) => this.leases.add(user.userId, session, at)))];
    for (const standing of before) {
      if (!user.standsOn.includes(standing)) this.leases.remove(user.userId, standing);
    }
  }

  *all(): Generator<WatchedUser> {
    for (const { user } of this.users.values()) yield user;
  }

  get size(): number {
    return this.users.size;
  }

  private begin(userId: string) {
    const user = new WatchedUser(userId, this.grace.ms);
    const { heard, stop } = this.signals.follow(`presence:${userId}`, () => this.onHint(user));
    const known = { user, heard, stop };
    this.users.set(userId, known);
    return known;
  }
}
