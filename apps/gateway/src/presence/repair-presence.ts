import { Injectable, Logger, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { GatewayLeases } from '@parley/sessions';
import { FollowPresence } from './follow-presence.js';
import type { WatchedUser } from './watched-user.js';
import { WatchedUsers } from './watched-users.js';

const TICK_MS = 1_000;
/** Every watched user is looked at once in this time, ... */
export const ROUND_MS = 60_000;
/** ... as long as that makes no more looks a second than this: then a round takes longer. */
const MOST_A_TICK = 200;

/**
 * What no signal tells. A gateway that dies says nothing: once a second the leases under which watched users stand are
 * looked up, one command however many there are, and the users of one that has ended are looked at. A signal that got
 * lost is made up for within a round.
 */
@Injectable()
export class RepairPresence implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly logger = new Logger(RepairPresence.name);
  private timer: NodeJS.Timeout | null = null;
  private round: Iterator<WatchedUser> | null = null;
  /** Turns, in fractions, that have come and were not taken. */
  private due = 0;
  private isBusy = false;

  constructor(
    private readonly watched: WatchedUsers,
    private readonly follow: FollowPresence,
    private readonly leases: GatewayLeases,
  ) {}

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => void this.execute(), TICK_MS);
  }

  onApplicationShutdown(): void {
    if (this.timer) clearInterval(this.timer);
  }

  async execute(): Promise<void> {
    this.lookInTurns();
    if (this.isBusy) return;
    this.isBusy = true;
    try {
      await this.lookAtLapsed();
    } catch (error) {
      // Nothing is known then: everybody stays as they were.
      this.logger.debug(`leases cannot be looked up: ${String(error)}`);
    } finally {
      this.isBusy = false;
    }
  }

  private async lookAtLapsed(): Promise<void> {
    const standing = this.watched.leases.all();
    if (standing.length === 0) return;
    const at = performance.now();
    const living = new Set(await this.leases.livingOf(standing.map(({ lease }) => lease)));
    for (const one of standing) {
      if (living.has(one.lease)) one.aliveAt = at;
      else for (const userId of one.userIds) this.hint(userId);
    }
  }

  private hint(userId: string): void {
    const user = this.watched.find(userId);
    if (user) this.follow.hint(user);
  }

  private lookInTurns(): void {
    this.due = Math.min(this.due + (this.watched.size * TICK_MS) / ROUND_MS, MOST_A_TICK);
    for (; this.due >= 1; this.due -= 1) {
      const user = this.next();
      if (user) this.follow.hint(user);
    }
  }

  private next(): WatchedUser | null {
    const step = this.round?.next();
    if (step && !step.done) return step.value;
    this.round = this.watched.all();
    const first = this.round.next();
    return first.done ? null : first.value;
  }
}
