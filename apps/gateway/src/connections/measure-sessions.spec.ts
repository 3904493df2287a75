import { catchUpCount, sessionCount, type Source } from '@parley/operability';
import { describe, expect, it, vi } from 'vitest';
import { Outbound } from '../delivery/outbound.js';
import { MeasureSessions } from './measure-sessions.js';
import { SessionTable } from './session-table.js';
import type { Session } from './session.js';

describe('MeasureSessions', () => {
  it('counts the sessions, and those that are being sent entries from the store', () => {
    const sources: Source[] = [];
    const stop = vi.fn();
    for (const gauge of [sessionCount, catchUpCount]) {
      vi.spyOn(gauge, 'readFrom').mockImplementation((source) => {
        sources.push(source);
        return stop;
      });
    }
    const table = new SessionTable();
    const [inStep, syncing, behind] = ['a', 'b', 'c'].map((id) => {
      const session = { id, outbound: new Outbound() } as Session;
      table.add(session);
      return session;
    });
    const measure = new MeasureSessions(table);
    measure.onModuleInit();
    const read = () => sources.map((source) => source());
    expect(read()).toEqual([3, 0]);
    syncing.outbound.isSyncing = true;
    behind.outbound.behind.add(behind.outbound.streamOf('1'));
    expect(read()).toEqual([3, 2]);
    table.remove(inStep);
    syncing.outbound.isSyncing = false;
    expect(read()).toEqual([2, 1]);
    measure.onApplicationShutdown();
    expect(stop).toHaveBeenCalledTimes(2);
  });
});
