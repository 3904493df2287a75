import { Logger } from '@nestjs/common';
import type { Assignment } from '@parley/message-log';

const FIRST_WAIT_MS = 50;
const LONGEST_WAIT_MS = 2_000;
/** A partition that waits says so at once, and then this often. */
const LOG_EVERY_MS = 5_000;
const logger = new Logger('RouterWorker');

/** The partition was taken away while its work was held up: somebody else goes on from the last commit. */
export class PartitionRevoked extends Error {
  constructor(partition: number) {
    super(`partition ${partition} was revoked`);
    this.name = 'PartitionRevoked';
  }
}

/**
 * Tries until it works. A failing engine pauses the partition: no record is skipped, refused or quarantined because of
 * it. Waits 50 ms, doubling to 2 s, and gives up only when the partition is revoked.
 */
export async function persistently<T>(assignment: Assignment, what: string, operation: () => Promise<T>): Promise<T> {
  let loggedAt = -Infinity;
  for (let waitMs = FIRST_WAIT_MS; ; waitMs = Math.min(waitMs * 2, LONGEST_WAIT_MS)) {
    try {
      return await operation();
    } catch (error) {
      if (assignment.revoked) throw new PartitionRevoked(assignment.partition);
      if (performance.now() - loggedAt >= LOG_EVERY_MS) {
        loggedAt = performance.now();
        logger.warn(`partition ${assignment.partition} waits: ${what} failed: ${String(error)}`, error);
      }
      await new Promise((resolve) => setTimeout(resolve, waitMs));
    }
  }
}
