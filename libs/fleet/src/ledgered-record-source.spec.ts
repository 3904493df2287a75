import type { RecordSource } from '@parley/message-log';
import type { LogLedger } from '@parley/message-store';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { LedgeredRecordSource } from './ledgered-record-source.js';

describe('LedgeredRecordSource', () => {
  const commit = vi.fn<RecordSource['commit']>();
  const raise = vi.fn<LogLedger['raise']>();
  let source: LedgeredRecordSource;

  beforeEach(() => {
    commit.mockReset().mockResolvedValue();
    raise.mockReset().mockResolvedValue();
    source = new LedgeredRecordSource({ commit } as unknown as RecordSource, { raise } as unknown as LogLedger);
  });

  it('notes that the record below a committed offset is stored, and of an empty log nothing', async () => {
    await source.commit(3, 7);
    expect(commit.mock.calls).toEqual([[3, 7]]);
    expect(raise.mock.calls).toEqual([[3, 6]]);
    await source.commit(3, 0);
    expect(raise).toHaveBeenCalledTimes(1);
  });

  it('commits in the turn in which it is asked to, however long the store takes', () => {
    raise.mockReturnValue(new Promise(() => undefined));
    void source.commit(3, 7);
    expect(commit).toHaveBeenCalledWith(3, 7);
  });

  it.each([
    ['the store', raise],
    ['the log', commit],
  ])('has failed where %s has, so that it is made again', async (_, failing) => {
    failing.mockRejectedValue(new Error('away'));
    await expect(source.commit(3, 7)).rejects.toThrow('away');
  });
});
