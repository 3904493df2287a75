import { Logger } from '@nestjs/common';
import { EngineUnavailable } from '@parley/contracts';
import { LogMismatch, type LogLedger } from '@parley/message-store';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { checkLedger } from './check-ledger.js';

const description = { clusterId: 'cluster', topic: 'entries', partitions: 2 };
const away = new EngineUnavailable('cassandra', 'claim the store for its log', 'no quorum');

describe('checkLedger', () => {
  const claim = vi.fn<LogLedger['claim']>();
  const ends = vi.fn<() => Promise<number[]>>();
  const seen: (readonly number[])[] = [];
  const ledger = {
    claim,
    check: async (endsNow: () => Promise<readonly number[]>) => void seen.push(await endsNow()),
  } as unknown as LogLedger;
  let stop: AbortController;

  beforeEach(() => {
    vi.spyOn(Logger.prototype, 'warn').mockReturnValue(undefined);
    claim.mockReset().mockResolvedValue();
    ends.mockReset().mockResolvedValue([5, 7]);
    seen.length = 0;
    stop = new AbortController();
  });
  afterEach(() => {
    stop.abort();
    vi.restoreAllMocks();
  });

  const check = () => checkLedger(ledger, { description, ends }, stop.signal);

  it('claims the store for the log and compares where the log ends', async () => {
    await check();
    expect(claim).toHaveBeenCalledWith({ cluster: 'cluster', topic: 'entries', partitions: 2 });
    expect(seen).toEqual([[5, 7]]);
  });

  it('asks again while store or log do not answer', async () => {
    claim.mockRejectedValueOnce(away);
    ends.mockRejectedValueOnce(new Error('no leader'));
    await check();
    expect(claim).toHaveBeenCalledTimes(3);
    expect(seen).toEqual([[5, 7]]);
  });

  it('asks no more where the store belongs to another log', async () => {
    claim.mockRejectedValue(LogMismatch.ofEnd(0, 5, 9));
    await expect(check()).rejects.toBeInstanceOf(LogMismatch);
    expect(claim).toHaveBeenCalledTimes(1);
  });

  it('asks no more when the process stops', async () => {
    claim.mockRejectedValue(away);
    const checked = check();
    stop.abort();
    await expect(checked).rejects.toMatchObject({ name: 'AbortError' });
    expect(claim).toHaveBeenCalledTimes(1);
  });
});
