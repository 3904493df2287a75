import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { sessionUnderTest } from '../../test/sessions-under-test.js';
import type { Session } from '../connections/session.js';
import { SessionTable } from '../connections/session-table.js';
import type { SessionPlaces } from '../leasing/session-places.js';
import { CompareInTurns } from './compare-in-turns.js';
import type { CompareSessions } from './compare-sessions.js';

describe('CompareInTurns', () => {
  beforeEach(() => void vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'performance'] }));
  afterEach(() => void vi.useRealTimers());

  it('looks after the place of every session, and compares it, once in five minutes, with the registry away as well', async () => {
    const sessions = new SessionTable();
    const opened = Array.from({ length: 30 }, () => sessionUnderTest().session);
    for (const session of opened) sessions.add(session);
    const lookedAfter: Session[] = [];
    const compared: Session[] = [];
    const places = {
      putBack: async (due: Session[]) => {
        lookedAfter.push(...due);
        return false;
      },
    } as unknown as SessionPlaces;
    const compare = { request: (session: Session) => compared.push(session) } as unknown as CompareSessions;
    const inTurns = new CompareInTurns(sessions, places, compare);
    inTurns.onApplicationBootstrap();
    await vi.advanceTimersByTimeAsync(100_000);
    expect(compared.length).toBeGreaterThanOrEqual(9);
    expect(compared.length).toBeLessThanOrEqual(10);
    await vi.advanceTimersByTimeAsync(201_000);
    expect(new Set(compared)).toEqual(new Set(opened));
    expect(lookedAfter).toEqual(compared);
    inTurns.onApplicationShutdown();
    expect(vi.getTimerCount()).toBe(0);
  });
});
