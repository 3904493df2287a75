import { Injectable, Logger, type BeforeApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { presenceView, ReadPresence } from '@parley/sessions';
import type { Session } from '../connections/session.js';
import { Contacts } from './contacts.js';
import type { Edge, WatchedUser } from './watched-user.js';
import { WatchedUsers } from './watched-users.js';

/** Users who are read in one round trip. */
const AT_ONCE = 500;
/** Hints about one user that come faster than this share a look. */
const LOOK_EVERY_MS = 250;
const RETRY_AFTER_MS = 2_000;

interface Look {
  dueAt: number;
  timer: NodeJS.Timeout;
}

/**
 * Looks at watched users when something hints at a change or when their time has come, and shows what has changed to
 * those who may still see it: whoever watches without being a contact any more is dropped instead. One look at a time, so
 * that an older one never overtakes a newer. What cannot be read or checked now is looked at again.
 */
@Injectable()
export class FollowPresence implements OnModuleInit, BeforeApplicationShutdown {
  private readonly logger = new Logger(FollowPresence.name);
  private readonly looks = new Map<WatchedUser, Look>();
  private readonly lookedAt = new WeakMap<WatchedUser, number>();
  private readonly due = new Set<WatchedUser>();
  private looking: Promise<void> = Promise.resolve();

  constructor(
    private readonly watched: WatchedUsers,
    private readonly read: ReadPresence,
    private readonly contacts: Contacts,
  ) {}

  onModuleInit(): void {
    this.watched.onHint = (user) => this.hint(user);
  }

  beforeApplicationShutdown(): void {
    for (const { timer } of this.looks.values()) clearTimeout(timer);
    this.looks.clear();
  }

  /** Something about the user may have changed. */
  hint(user: WatchedUser): void {
    this.lookAt(user, (this.lookedAt.get(user) ?? Number.NEGATIVE_INFINITY) + LOOK_EVERY_MS);
  }

  /** Looks at these users, after those before them. Rejects where they cannot be read; they are as they were then. */
  execute(users: readonly WatchedUser[]): Promise<void> {
    const look = this.looking.then(() => this.look(users));
    this.looking = look.catch(() => undefined);
    return look;
  }

  /** At a time of the monotonic clock, or now where it has passed. An earlier look that is due already stays. */
  private lookAt(user: WatchedUser, at: number): void {
    const waitMs = at - performance.now();
    const planned = this.looks.get(user);
    if (planned && planned.dueAt <= at) return;
    if (planned) clearTimeout(planned.timer);
    this.looks.delete(user);
    if (waitMs <= 0) return this.lookSoon(user);
    const timer = setTimeout(() => {
      this.looks.delete(user);
      this.lookSoon(user);
    }, Math.ceil(waitMs)).unref();
    this.looks.set(user, { dueAt: at, timer });
  }

  private lookSoon(user: WatchedUser): void {
    this.due.add(user);
    if (this.due.size > 1) return;
    this.looking = this.looking.then(() => this.lookAtDue());
  }

  /** Never rejects. */
  private async lookAtDue(): Promise<void> {
    const users = [...this.due].slice(0, AT_ONCE);
    const more = this.due.size > users.length;
    for (const user of users) this.due.delete(user);
    try {
      await this.look(users.filter(({ watchers }) => watchers.size > 0));
    } catch (error) {
      this.logger.debug(`${users.length} users will be looked at again: ${String(error)}`);
      for (const user of users) this.lookAt(user, performance.now() + RETRY_AFTER_MS);
    }
    if (more) await this.lookAtDue();
  }

  private async look(users: readonly WatchedUser[]): Promise<void> {
    const [at, wallMs] = [performance.now(), Date.now()];
    if (users.length === 0) return;
    const readings = await this.read.execute(users.map(({ userId }) => userId));
    const edges: [WatchedUser, Edge][] = [];
    for (const user of users) {
      const reading = readings.get(user.userId);
      if (!reading || user.watchers.size === 0) continue;
      this.lookedAt.set(user, at);
      const { edge, lookAgainAt } = user.take(reading, at, wallMs);
      this.watched.stand(user, reading.sessions, at);
      if (edge) edges.push([user, edge]);
      if (lookAgainAt !== null) this.lookAt(user, lookAgainAt);
    }
    await this.show(edges);
  }

  /** Never rejects: an edge that could not be checked comes again with the next look. */
  private async show(edges: readonly [WatchedUser, Edge][]): Promise<void> {
    if (edges.length === 0) return;
    // Who begins to watch while it is asked was not asked about, and is answered with what is shown by then.
    const watchers = new Map(edges.map(([user]) => [user, [...user.watchers]]));
    try {
      const watches = [...watchers].flatMap(([{ userId }, sessions]) =>
        sessions.map((session): [Session, string] => [session, userId]),
      );
      const mayBeSeen = await this.contacts.among(watches);
      for (const [user, edge] of edges) {
        user.show(edge);
        const view = presenceView(user.userId, edge.shown);
        for (const session of watchers.get(user) ?? []) {
          if (!user.watchers.has(session)) continue;
          if (mayBeSeen(session, user.userId)) session.emit('presence', view);
          else this.watched.unwatch(session, user.userId);
        }
      }
    } catch (error) {
      this.logger.debug(`${edges.length} changes will be shown later: ${String(error)}`);
      for (const [user] of edges) this.lookAt(user, performance.now() + RETRY_AFTER_MS);
    }
  }
}
