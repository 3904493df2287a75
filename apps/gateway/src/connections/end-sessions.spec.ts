import { setImmediate as turn } from 'node:timers/promises';
import { InMemorySignals } from '@parley/signals';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { endOf, sessionUnderTest, type SessionUnderTest } from '../../test/sessions-under-test.js';
import { EndedLately } from './ended-lately.js';
import { EndSessions } from './end-sessions.js';
import { SessionTable } from './session-table.js';

describe('EndSessions', () => {
  let sessions: SessionTable;
  let signals: InMemorySignals;
  let ended: EndedLately;
  let endSessions: EndSessions;

  beforeEach(() => {
    sessions = new SessionTable();
    signals = new InMemorySignals();
    ended = new EndedLately();
    endSessions = new EndSessions(sessions, signals, ended);
    endSessions.onApplicationBootstrap();
  });
  afterEach(() => endSessions.beforeApplicationShutdown());

  function open(more: Parameters<typeof sessionUnderTest>[0], generation: string): SessionUnderTest {
    const opened = sessionUnderTest(more);
    opened.session.identity.device.generation = generation;
    sessions.add(opened.session);
    return opened;
  }

  it('ends the sessions of one life of a device, and not those of another life, device or user', async () => {
    const old = open({}, 'first');
    const others = [open({}, 'second'), open({ deviceId: 'laptop' }, 'third'), open({ userId: '43' }, 'fourth')];
    await signals.publish({ type: 'device-removed', generation: 'first' });
    await turn();
    expect(endOf(old)).toBe('revoked');
    expect(others.map(endOf)).toEqual([null, null, null]);
  });

  it('ends the sessions of one login on all devices', async () => {
    const opened = [open({ family: 'stolen' }, 'a'), open({ family: 'stolen', deviceId: 'laptop' }, 'b')];
    const other = open({ family: 'fine' }, 'c');
    await signals.publish({ type: 'revoked', family: 'stolen' });
    await turn();
    expect([...opened, other].map(endOf)).toEqual(['revoked', 'revoked', null]);
  });

  it('looks at the sessions once, however many logins end at the same moment', async () => {
    const opened = [
      open({ family: 'family 0' }, 'a'),
      open({ family: 'family 99' }, 'b'),
      open({ family: 'fine' }, 'c'),
    ];
    const all = vi.spyOn(sessions, 'all');
    const families = Array.from({ length: 100 }, (_, index) => `family ${index}`);
    await Promise.all(families.map((family) => signals.publish({ type: 'revoked', family })));
    await turn();
    expect(opened.map(endOf)).toEqual(['revoked', 'revoked', null]);
    expect(all).toHaveBeenCalledTimes(1);
  });

  it('keeps in mind what ended, for sessions that are in no table yet', async () => {
    await signals.publish({ type: 'device-removed', generation: 'first' });
    expect(ended.concerns(sessionUnderTest().session.identity)).toBe(true);
  });
});
