import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { sessionUnderTest } from '../../test/sessions-under-test.js';
import type { Session } from './session.js';
import { SessionTable } from './session-table.js';
import { SessionTurns } from './session-turns.js';

describe('SessionTurns', () => {
  let sessions: SessionTable;
  let turns: SessionTurns;

  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['performance'] });
    sessions = new SessionTable();
    turns = new SessionTurns(sessions, 60_000);
  });
  afterEach(() => void vi.useRealTimers());

  function open(count: number): Session[] {
    const opened = Array.from({ length: count }, () => sessionUnderTest().session);
    for (const session of opened) sessions.add(session);
    return opened;
  }

  /** Whose turns come in so many seconds, and how many of them in the fullest one. */
  function after(seconds: number): { had: Session[]; most: number } {
    const had: Session[] = [];
    let most = 0;
    for (let second = 0; second < seconds; second++) {
      vi.advanceTimersByTime(1_000);
      const next = turns.next();
      had.push(...next);
      most = Math.max(most, next.length);
    }
    return { had, most };
  }

  it('gives everyone one turn in a period, at an even pace, though all came at once', () => {
    const opened = open(600);
    const { had, most } = after(60);
    expect(new Set(had)).toEqual(new Set(opened));
    expect(had.length).toBeLessThanOrEqual(600);
    expect(most).toBeLessThanOrEqual(11);
  });

  it('gives one session its turn once in a period, not at every look', () => {
    const [only] = open(1);
    expect(after(180).had).toEqual([only, only, only]);
  });

  it('comes to those who connect while it goes round, and not to those who left', () => {
    const [gone, ...staying] = open(30);
    after(20);
    const late = open(30);
    sessions.remove(gone);
    const { had } = after(120);
    expect(new Set(had)).toEqual(new Set([...staying, ...late]));
  });

  it('does not make up for more than one round after a pause', () => {
    open(10);
    vi.advanceTimersByTime(3_600_000);
    expect(turns.next()).toHaveLength(10);
  });

  it('has nobody to name without sessions', () => {
    expect(after(120).had).toEqual([]);
  });
});
