import { beforeEach, describe, expect, it } from 'vitest';
import { LogMismatch, type LogIdentity, type LogLedger } from '../log-ledger.js';

/** What every log ledger does. `open` gives an empty one; `another` a second process's view of the one before. */
export function logLedgerContract(
  name: string,
  open: () => Promise<{ ledger: LogLedger; another: () => Promise<LogLedger> }>,
): void {
  describe(`${name} as a log ledger`, () => {
    let ledger: LogLedger;
    let another: () => Promise<LogLedger>;

    beforeEach(async () => {
      ({ ledger, another } = await open());
    });

    it('belongs to the log that claims it first, for as often as that one claims it', async () => {
      await ledger.claim(LOG);
      await ledger.claim(LOG);
      await (await another()).claim({ ...LOG });
    });

    it('refuses a log of another cluster, topic or number of partitions, and names both', async () => {
      await ledger.claim(LOG);
      const others: LogIdentity[] = [
        { ...LOG, cluster: 'cluster-2' },
        { ...LOG, topic: 'another.topic' },
        { ...LOG, partitions: 12 },
      ];
      for (const other of others) {
        const refused = await ledger.claim(other).catch((error: unknown) => error);
        expect(refused).toBeInstanceOf(LogMismatch);
        expect(String(refused)).toContain('topic entries of cluster cluster-1 with 6 partitions');
        expect(String(refused)).toContain(
          `topic ${other.topic} of cluster ${other.cluster} with ${other.partitions} partitions`,
        );
      }
      await ledger.claim(LOG);
    });

    it('lets exactly one of two logs in that claim it at once', async () => {
      const claims = await Promise.allSettled([ledger.claim(LOG), ledger.claim({ ...LOG, cluster: 'cluster-2' })]);
      expect(claims.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    });

    it('accepts a log that holds at least what is stored', async () => {
      await ledger.check(async () => []);
      await ledger.raise(0, 41);
      await ledger.raise(2, 0);
      await ledger.check(async () => [42, 0, 1]);
      await (await another()).check(async () => [1_000, 7, 9]);
    });

    it('refuses a log that ends below what is stored, also where a partition is gone', async () => {
      await ledger.raise(1, 41);
      await expect(ledger.check(async () => [0, 41])).rejects.toThrow(
        'partition 1 of the log ends at 41, but 41 is stored: it was truncated or replaced',
      );
      await expect((await another()).check(async () => [100])).rejects.toThrow(LogMismatch);
    });

    it('takes no record that is stored while it looks for one that the log has lost', async () => {
      await ledger.raise(0, 9);
      await ledger.check(async () => {
        await ledger.raise(0, 10);
        return [10];
      });
    });

    it('never lowers what is stored', async () => {
      await ledger.raise(0, 50);
      await ledger.raise(0, 20);
      await expect(ledger.check(async () => [40])).rejects.toThrow('50 is stored');
    });
  });
}

const LOG: LogIdentity = { cluster: 'cluster-1', topic: 'entries', partitions: 6 };
