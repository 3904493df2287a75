import { EngineUnavailable } from '@parley/contracts';
import type { TokenFamilies } from '@parley/entities';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { endOf, sessionUnderTest, type SessionUnderTest } from '../../test/sessions-under-test.js';
import { RecheckLogins } from './recheck-logins.js';
import { SessionTable } from './session-table.js';

describe('RecheckLogins', () => {
  let sessions: SessionTable;
  let revoked: Set<string>;
  let asked: (readonly string[])[];
  let isAway: boolean;
  let recheck: RecheckLogins;

  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'performance'] });
    sessions = new SessionTable();
    revoked = new Set();
    asked = [];
    isAway = false;
    const revokedAmong = async (families: readonly string[]) => {
      if (isAway) throw new EngineUnavailable('postgres', 'find logins', new Error('connection refused'));
      asked.push(families);
      return new Set(families.filter((family) => revoked.has(family)));
    };
    recheck = new RecheckLogins(sessions, { revokedAmong } as unknown as TokenFamilies);
    recheck.onApplicationBootstrap();
  });
  afterEach(() => {
    recheck.onApplicationShutdown();
    vi.useRealTimers();
  });

  function open(family: string): SessionUnderTest {
    const opened = sessionUnderTest({ family });
    sessions.add(opened.session);
    return opened;
  }

  it('ends the sessions of a revoked login within a minute, though no signal came, and no others', async () => {
    const [mine, others] = [open('stolen'), open('fine')];
    await vi.advanceTimersByTimeAsync(60_000);
    expect([endOf(mine), endOf(others)]).toEqual([null, null]);
    revoked.add('stolen');
    await vi.advanceTimersByTimeAsync(60_000);
    expect([endOf(mine), endOf(others)]).toEqual(['revoked', null]);
  });

  it('asks for many logins at once, and for each login once', async () => {
    for (let index = 0; index < 600; index++) open(`login-${index % 5}`);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(asked).toEqual([['login-0', 'login-1', 'login-2', 'login-3', 'login-4']]);
  });

  it('ends nobody while the database is away, and looks everyone up soon after it is back', async () => {
    const opened = [open('stolen'), open('fine')];
    revoked.add('stolen');
    isAway = true;
    await vi.advanceTimersByTimeAsync(120_000);
    expect(opened.map(endOf)).toEqual([null, null]);
    isAway = false;
    await vi.advanceTimersByTimeAsync(1_000);
    expect(opened.map(endOf)).toEqual(['revoked', null]);
  });

  it('does not hold an earlier login against a session that was refreshed from another one', async () => {
    const opened = open('stolen');
    revoked.add('stolen');
    opened.session.identity.family = 'fine';
    await vi.advanceTimersByTimeAsync(60_000);
    expect(endOf(opened)).toBeNull();
    expect(asked).toEqual([['fine']]);
  });
});
