import type { Session } from './session.js';
import type { SessionTable } from './session-table.js';

/**
 * Goes round the sessions of the gateway at an even pace, so that everyone's turn comes once in a period: also of those
 * that came all at once.
 */
export class SessionTurns {
  private round: Iterator<Session> | null = null;
  /** Sessions, in fractions, whose turn has come and was not taken. */
  private due = 0;
  private since = performance.now();

  constructor(
    private readonly sessions: SessionTable,
    private readonly periodMs: number,
  ) {}

  /** Whose turn has come since the last call. */
  next(): Session[] {
    const now = performance.now();
    const share = (this.sessions.size * (now - this.since)) / this.periodMs;
    this.since = now;
    this.due = Math.min(this.due + share, this.sessions.size);
    const turns: Session[] = [];
    for (; this.due >= 1; this.due -= 1) {
      const session = this.take();
      if (session) turns.push(session);
    }
    return turns;
  }

  private take(): Session | null {
    const step = this.round?.next();
    if (step && !step.done) return step.value;
    this.round = this.sessions.all();
    const first = this.round.next();
    return first.done ? null : first.value;
  }
}
