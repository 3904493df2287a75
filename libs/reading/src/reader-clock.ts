import { setTimeout as sleep } from 'node:timers/promises';

/** How a reader waits for an entry that is not there yet. */
export abstract class ReaderClock {
  /** Milliseconds since some fixed moment; never falls. */
  abstract monotonicMs(): number;
  abstract sleep(ms: number): Promise<void>;
}

export class SystemReaderClock extends ReaderClock {
  override monotonicMs(): number {
    return performance.now();
  }

  override async sleep(ms: number): Promise<void> {
    await sleep(ms);
  }
}
