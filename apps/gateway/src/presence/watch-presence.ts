import { Injectable } from '@nestjs/common';
import { rejected, type AnswerOf, type PresenceView, type Rejection } from '@parley/contracts';
import { presenceView } from '@parley/sessions';
import { GatewaySettings } from '../connections/gateway-settings.js';
import type { Session } from '../connections/session.js';
import { Contacts } from './contacts.js';
import { FollowPresence } from './follow-presence.js';
import { WatchedUsers } from './watched-users.js';

/** `presence:watch`es of one session that are answered at once. */
const MOST_AT_ONCE = 4;
const RETRY_AFTER_MS = 500;

/**
 * `presence:watch`: from now on the session sees the changes of these users, as far as they are contacts; who is not is
 * left out. Followed first and read second, so that no change falls between. Engines that are away refuse it, and then
 * nothing more is watched than before.
 */
@Injectable()
export class WatchPresence {
  private readonly underWay = new WeakMap<Session, number>();

  constructor(
    private readonly watched: WatchedUsers,
    private readonly follow: FollowPresence,
    private readonly contacts: Contacts,
    private readonly settings: GatewaySettings,
  ) {}

  async execute(session: Session, userIds: readonly string[]): Promise<AnswerOf<'presence:watch'> | Rejection> {
    const underWay = this.underWay.get(session) ?? 0;
    if (underWay >= MOST_AT_ONCE) return rejected('rate_limited', undefined, { retryAfterMs: RETRY_AFTER_MS });
    this.underWay.set(session, underWay + 1);
    try {
      const asked = [...new Set(userIds)];
      if (!(await this.hasRoomFor(session, asked))) {
        return rejected('validation_failed', `At most ${this.settings.limits.watched_users} users may be watched`);
      }
      return { ok: true, presence: await this.watch(session, asked) };
    } finally {
      this.underWay.set(session, (this.underWay.get(session) ?? 1) - 1);
    }
  }

  /** At the limit, those whom the session may not see any more make room. */
  private async hasRoomFor(session: Session, userIds: readonly string[]): Promise<boolean> {
    const most = this.settings.limits.watched_users;
    const count = () => new Set([...this.watched.watchedBy(session), ...userIds]).size;
    if (userIds.length > most) return false;
    if (count() <= most) return true;
    const watches = this.watched.watchedBy(session);
    const mayBeSeen = await this.contacts.among(watches.map((userId) => [session, userId] as const));
    for (const userId of watches) if (!mayBeSeen(session, userId)) this.watched.unwatch(session, userId);
    return count() <= most;
  }

  private async watch(session: Session, userIds: readonly string[]): Promise<PresenceView[]> {
    const mayBeSeen = await this.contacts.among(userIds.map((userId) => [session, userId] as const));
    const before = new Set(this.watched.watchedBy(session));
    const visible = session.closed ? [] : userIds.filter((userId) => mayBeSeen(session, userId));
    const watches = visible.map((userId) => this.watched.watch(session, userId));
    try {
      await Promise.all(watches.map(({ heard }) => heard));
      await this.follow.execute(watches.map(({ user }) => user));
    } catch (error) {
      for (const userId of visible) if (!before.has(userId)) this.watched.unwatch(session, userId);
      throw error;
    }
    return watches.flatMap(({ user: { userId, shown } }) => (shown ? [presenceView(userId, shown)] : []));
  }
}
