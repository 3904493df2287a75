import { Injectable } from '@nestjs/common';
import { rejected, type AnswerOf, type PresenceView, type Rejection } from '@parley/contracts';
import { presenceView } from '@parley/sessions';
import { GatewaySettings } from '../connections/gateway-settings.js';
import type { Session } from '../connections/session.js';
import { Contacts } from './contacts.js';
import { FollowPresence } from './follow-presence.js';
import { WatchedUsers } from './watched-users.js';

/** `presence:watch`es of one session that wait or are answered. */
const MOST_AT_ONCE = 4;
const RETRY_AFTER_MS = 500;

/** What one session asks, one after the other. */
interface Turns {
  watches: number;
  /** Never rejects. */
  last: Promise<unknown>;
}

/**
 * `presence:watch`: from now on the session sees the changes of these users, as far as they are contacts; who is not is
 * left out. Followed first and read second, so that no change falls between. Engines that are away refuse it, and then
 * nothing more is watched than before. What one session asks is done in the order in which it came, `presence:unwatch`
 * included: its last word stands, and what it asks in pieces counts together.
 */
@Injectable()
export class WatchPresence {
  private readonly turns = new WeakMap<Session, Turns>();

  constructor(
    private readonly watched: WatchedUsers,
    private readonly follow: FollowPresence,
    private readonly contacts: Contacts,
    private readonly settings: GatewaySettings,
  ) {}

  async execute(session: Session, userIds: readonly string[]): Promise<AnswerOf<'presence:watch'> | Rejection> {
    const turns = this.turnsOf(session);
    if (turns.watches >= MOST_AT_ONCE) return rejected('rate_limited', undefined, { retryAfterMs: RETRY_AFTER_MS });
    turns.watches += 1;
    try {
      return await inTurn(turns, () => this.answer(session, [...new Set(userIds)]));
    } finally {
      turns.watches -= 1;
    }
  }

  /** `presence:unwatch`: after this nothing more is seen of them. */
  async unwatch(session: Session, userIds: readonly string[]): Promise<{ ok: true }> {
    return inTurn(this.turnsOf(session), async () => {
      for (const userId of userIds) this.watched.unwatch(session, userId);
      return { ok: true };
    });
  }

  private turnsOf(session: Session): Turns {
    const turns = this.turns.get(session) ?? { watches: 0, last: Promise.resolve() };
    this.turns.set(session, turns);
    return turns;
  }

  private async answer(session: Session, asked: readonly string[]): Promise<AnswerOf<'presence:watch'> | Rejection> {
    if (!(await this.hasRoomFor(session, asked))) {
      return rejected('validation_failed', `At most ${this.settings.limits.watched_users} users may be watched`);
    }
    return { ok: true, presence: await this.watch(session, asked) };
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

function inTurn<Answer>(turns: Turns, act: () => Promise<Answer>): Promise<Answer> {
  const answer = turns.last.then(act);
  turns.last = answer.catch(() => undefined);
  return answer;
}
