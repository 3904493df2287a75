import { Logger } from '@nestjs/common';
import type { SessionAddress, SessionRegistry } from '@parley/sessions';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { LookUpSessions, type FoundSessions } from './look-up-sessions.js';

const FOUND = new Map<string, SessionAddress[]>([['7', []]]);
const USERS = new Set(['7']);

describe('the look-up of sessions', () => {
  let sessionsOf: ReturnType<typeof vi.fn<() => Promise<Map<string, SessionAddress[]>>>>;
  let lookUp: LookUpSessions;

  beforeAll(() => Logger.overrideLogger(false));
  afterAll(() => Logger.overrideLogger(true));

  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
    sessionsOf = vi.fn(async () => FOUND);
    lookUp = new LookUpSessions({ sessionsOf } as unknown as SessionRegistry);
  });

  afterEach(() => vi.useRealTimers());

  const nobody: FoundSessions = { byUser: new Map(), isFirstAgain: false };

  it('asks the registry for those that there are', async () => {
    expect(await lookUp.execute(USERS)).toEqual({ byUser: FOUND, isFirstAgain: false });
    expect(await lookUp.execute(new Set())).toEqual(nobody);
    expect(sessionsOf.mock.calls).toEqual([[['7']]]);
  });

  it('holds a batch up for a second at most', async () => {
    sessionsOf.mockReturnValue(new Promise(() => undefined));
    const found: FoundSessions[] = [];
    void lookUp.execute(USERS).then((answer) => found.push(answer));
    await vi.advanceTimersByTimeAsync(999);
    expect(found).toEqual([]);
    await vi.advanceTimersByTimeAsync(1);
    expect(found).toEqual([nobody]);
  });

  it('leaves the registry alone for a second after it failed, and says when it answers again', async () => {
    sessionsOf.mockRejectedValueOnce(new Error('away'));
    expect(await lookUp.execute(USERS)).toEqual(nobody);
    vi.advanceTimersByTime(999);
    expect(await lookUp.execute(USERS)).toEqual(nobody);
    expect(sessionsOf).toHaveBeenCalledTimes(1);
    vi.advanceTimersByTime(1);
    expect(await lookUp.execute(USERS)).toEqual({ byUser: FOUND, isFirstAgain: true });
    expect(await lookUp.execute(USERS)).toEqual({ byUser: FOUND, isFirstAgain: false });
  });
});
