import { describe, expect, it } from 'vitest';
import { Readiness } from './readiness.js';

describe('Readiness', () => {
  it('is ready without any check', () => {
    expect(new Readiness().isReady).toBe(true);
  });

  it('is ready when every part is, and tells the reasons of those that are not', () => {
    const readiness = new Readiness();
    let lease: string | null = 'no worker id yet';
    readiness.add('ids', () => lease);
    readiness.add('log', () => null);
    expect(readiness.isReady).toBe(false);
    expect(readiness.reasons()).toEqual([{ name: 'ids', reason: 'no worker id yet' }]);
    lease = null;
    expect(readiness.isReady).toBe(true);
  });

  it('takes a check that throws as a part that is not ready', () => {
    const readiness = new Readiness();
    readiness.add('log', () => {
      throw new Error('the log is closed');
    });
    expect(readiness.reasons()).toEqual([{ name: 'log', reason: 'the log is closed' }]);
  });

  it('stays ready without a part that it can go on without, and tells of it all the same', () => {
    const readiness = new Readiness();
    readiness.add('log', () => null);
    readiness.add('limits', () => 'away', 'degrades');
    expect([readiness.isReady, readiness.reasons()]).toEqual([true, []]);
    expect(readiness.parts()).toEqual([
      { name: 'log', effect: 'stops', reason: null },
      { name: 'limits', effect: 'degrades', reason: 'away' },
    ]);
  });

  it('forgets a check that was taken away, and refuses two under one name', () => {
    const readiness = new Readiness();
    const remove = readiness.add('drain', () => 'draining');
    expect(() => readiness.add('drain', () => null)).toThrow(/drain already/);
    remove();
    expect(readiness.isReady).toBe(true);
  });
});
