import type { Availability } from '@parley/contracts';
import { PresenceMarks, type Leave } from '../presence-marks.js';

/** Some ten MB. */
const MOST_USERS = 50_000;

interface Mark {
  left: number;
  leftOnline: number | null;
  at: number;
}

/** The marks of a fleet of one process. Time plays no part: what is forgotten is what was noted longest ago. */
export class InMemoryPresenceMarks extends PresenceMarks {
  /** In the order in which they were noted, the latest last. */
  private readonly marks = new Map<string, Mark>();

  /** `now`: a monotonic clock in milliseconds. */
  constructor(
    private readonly now: () => number = () => performance.now(),
    private readonly most = MOST_USERS,
  ) {
    super();
  }

  override async noteLeave(userId: string, as: Availability): Promise<void> {
    const left = this.now();
    const leftOnline = as === 'online' ? left : (this.marks.get(userId)?.leftOnline ?? null);
    this.marks.delete(userId);
    this.marks.set(userId, { left, leftOnline, at: Date.now() });
    if (this.marks.size <= this.most) return;
    const [oldest] = this.marks.keys();
    this.marks.delete(oldest);
  }

  override async leavesOf(userIds: readonly string[]): Promise<Map<string, Leave>> {
    const now = this.now();
    const leaves = new Map<string, Leave>();
    for (const userId of userIds) {
      const mark = this.marks.get(userId);
      if (!mark) continue;
      const { left, leftOnline, at } = mark;
      leaves.set(userId, { sinceMs: now - left, sinceOnlineMs: leftOnline === null ? null : now - leftOnline, at });
    }
    return leaves;
  }
}
