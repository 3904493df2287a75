import { Injectable } from '@nestjs/common';
import {
  digestOf,
  limits,
  type Accepted,
  type Refused,
  type SubmitRecord,
  type VerdictAddress,
} from '@parley/contracts';
import { ConversationStore, type DeduplicationRow } from '@parley/message-store';
import { observeStage, timeStage } from '@parley/operability';
import { PendingVerdicts } from './pending-verdicts.js';

/** From the publish on; past it the outcome is unknown. */
const VERDICT_DEADLINE_MS = 10_000;
/**
 * A verdict that took longer may have been lost on its way: the de-duplication row says the same. It is looked for less and
 * less often, since verdicts that are late because the store is slow must not make it slower.
 */
const FIRST_LOOK_UP_MS = 250;
const LONGEST_PAUSE_MS = 1_000;

/** Publishes a record and waits for the router's verdict, wherever it shows first. */
@Injectable()
export class AwaitVerdict {
  constructor(
    private readonly verdicts: PendingVerdicts,
    private readonly store: ConversationStore,
  ) {}

  /** Null: the record could not be published for sure, or no verdict came in time. */
  async execute(
    record: SubmitRecord,
    publish: (address: VerdictAddress) => Promise<unknown>,
  ): Promise<Accepted | Refused | null> {
    const begun = performance.now();
    const { outcome, cancel } = this.verdicts.expect(record.message_id, VERDICT_DEADLINE_MS);
    try {
      await timeStage('log', () => publish(this.verdicts.address));
    } catch {
      cancel();
      return null;
    }
    let found: Accepted | Refused | null = null;
    let isOver = false;
    const lookUpAfter = (waitMs: number): NodeJS.Timeout => setTimeout(() => void lookUp(waitMs), waitMs);
    const lookUp = async (waitedMs: number): Promise<void> => {
      found = await this.lookUp(record);
      if (found) cancel();
      else if (!isOver) timer = lookUpAfter(Math.min(2 * waitedMs, LONGEST_PAUSE_MS));
    };
    let timer = lookUpAfter(FIRST_LOOK_UP_MS);
    const verdict = await outcome;
    isOver = true;
    clearTimeout(timer);
    const known = verdict ?? found;
    if (known) observeStage('verdict', performance.now() - begun);
    return known;
  }

  private async lookUp(record: SubmitRecord): Promise<Accepted | Refused | null> {
    try {
      const [row] = await this.store.readDeduplication(record.conversation_id, [record]);
      // A store may keep a key for longer than it counts: then this is another record's verdict.
      if (!row || Date.now() - row.sent_at > limits.DEDUPLICATION_MS) return null;
      // Readable in history is part of the promise: the head has to have moved over it.
      if ((await this.store.readHead(record.conversation_id)) < row.seq) return null;
      return verdictOf(row, record);
    } catch {
      return null;
    }
  }
}

function verdictOf(row: DeduplicationRow, record: SubmitRecord): Accepted | Refused {
  if (row.digest !== digestOf(record)) {
    return { accepted: false, code: 'conflict', message: 'This client_msg_id was used with other content' };
  }
  return {
    accepted: true,
    message_id: row.message_id,
    seq: row.seq,
    sent_at: new Date(row.sent_at).toISOString(),
    repeated: row.message_id !== record.message_id,
  };
}
