import { Injectable, Logger } from '@nestjs/common';
import { SessionRegistry, type SessionAddress } from '@parley/sessions';
import { within } from './within.js';

/** A look-up may delay its batch so long, in milliseconds. */
const DEADLINE_MS = 1_000;
/** After one that failed, the next batches go without for so long, in milliseconds: the partition flows on. */
const PAUSE_MS = 1_000;

export interface FoundSessions {
  byUser: Map<string, SessionAddress[]>;
  /** Look-ups failed or were left out before this one: pushes may have got lost for anybody. */
  isFirstAgain: boolean;
}

/** Where the recipients of a batch are connected, as far as the registry says so in time. */
@Injectable()
export class LookUpSessions {
  private readonly logger = new Logger(LookUpSessions.name);
  private pausedUntil = -Infinity;
  private isAway = false;

  constructor(protected readonly registry: SessionRegistry) {}

  /** Never rejects: without an answer nobody is found. */
  async execute(userIds: ReadonlySet<string>): Promise<FoundSessions> {
    if (userIds.size === 0 || performance.now() < this.pausedUntil) return nobody();
    try {
      const byUser = await this.sessionsOf([...userIds]);
      const isFirstAgain = this.isAway;
      this.isAway = false;
      return { byUser, isFirstAgain };
    } catch (error) {
      this.pausedUntil = performance.now() + PAUSE_MS;
      if (!this.isAway) {
        this.logger.warn(`no session look-up, devices will find their entries by themselves: ${String(error)}`);
      }
      this.isAway = true;
      return nobody();
    }
  }

  protected sessionsOf(userIds: readonly string[]): Promise<Map<string, SessionAddress[]>> {
    return within(DEADLINE_MS, () => this.registry.sessionsOf(userIds));
  }
}

function nobody(): FoundSessions {
  return { byUser: new Map(), isFirstAgain: false };
}
