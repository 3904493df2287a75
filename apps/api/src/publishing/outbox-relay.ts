import { Injectable, Logger, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import { encodeRecord, VERDICT_TO } from '@parley/contracts';
import { Outbox, type OutboxRow } from '@parley/entities';
import { MessageLog } from '@parley/message-log';
import { changeRecordOf } from './change-record.js';

/** Without a wake-up (a change decided by another process, or left by a crash) the outbox is read this often. */
const POLL_MS = 500;
const CANDIDATE_MS = 1_000;
const RETRY_MS = 250;
const ROWS_AT_ONCE = 500;
const CONVERSATIONS_AT_ONCE = 16;

/**
 * Publishes decided changes from the outbox into the log, in version order within a conversation: a version is appended
 * only after the append of the one before it resolved. One process is the relay; the others are candidates. Two at the
 * same time would do no harm, since each keeps that order and the router takes each version once; for the same reason
 * a row whose append failed, or was not noted before a crash, is simply published again.
 */
@Injectable()
export class OutboxRelay implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger(OutboxRelay.name);
  private isRelay = false;
  private isStopping = false;
  private isWoken = false;
  private endSleep: () => void = () => undefined;
  private running: Promise<void> = Promise.resolve();

  constructor(
    private readonly outbox: Outbox,
    private readonly log: MessageLog,
  ) {}

  onApplicationBootstrap(): void {
    this.running = this.run();
  }

  /** Stops after a last round, so that changes decided before the shutdown are on their way. */
  async beforeApplicationShutdown(): Promise<void> {
    this.isStopping = true;
    this.wake();
    await this.running;
  }

  /** There is something to publish. Never waits. */
  wake(): void {
    this.isWoken = true;
    this.endSleep();
  }

  private async run(): Promise<void> {
    let isLastRound = false;
    while (!isLastRound) {
      isLastRound = this.isStopping;
      this.isWoken = false;
      const pauseMs = await this.round();
      if (!isLastRound && pauseMs > 0) await this.sleep(pauseMs);
    }
  }

  /** One look at the outbox. Resolves to the pause until the next one in milliseconds; never rejects. */
  private async round(): Promise<number> {
    try {
      this.isRelay ||= await this.outbox.tryBecomeRelay();
      if (!this.isRelay) return CANDIDATE_MS;
      const rows = await this.outbox.unpublished(ROWS_AT_ONCE);
      if (rows.length === 0) return POLL_MS;
      const published = await this.publish(rows);
      if (published.length > 0) await this.outbox.markPublished(published);
      return published.length < rows.length ? RETRY_MS : 0;
    } catch (error) {
      // The place is lost with its database session, and only asking again tells.
      this.isRelay = false;
      this.logger.warn(`The outbox could not be read, trying again: ${String(error)}`);
      return CANDIDATE_MS;
    }
  }

  /** Resolves to the outbox ids of what is in the log now. */
  private async publish(rows: readonly OutboxRow[]): Promise<string[]> {
    const conversations = byConversation(rows);
    const published: string[] = [];
    const worker = async (): Promise<void> => {
      for (let next = conversations.pop(); next; next = conversations.pop()) {
        published.push(...(await this.publishInOrder(next)));
      }
    };
    await Promise.all(Array.from({ length: CONVERSATIONS_AT_ONCE }, worker));
    return published;
  }

  /** Stops at the first version that the log does not take: the next one must not come before it. */
  private async publishInOrder(rows: readonly OutboxRow[]): Promise<string[]> {
    const published: string[] = [];
    try {
      for (const row of rows) {
        await this.log.append({
          key: row.conversation_id,
          value: encodeRecord(changeRecordOf(row)),
          headers: { [VERDICT_TO]: JSON.stringify(row.reply_to) },
        });
        published.push(row.outbox_id);
      }
    } catch (error) {
      this.logger.warn(`A change was not taken by the log, trying again: ${String(error)}`);
    }
    return published;
  }

  private async sleep(ms: number): Promise<void> {
    if (this.isWoken) return;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, ms);
      this.endSleep = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}

/** The rows of each conversation, in the order in which they came. */
function byConversation(rows: readonly OutboxRow[]): OutboxRow[][] {
  const conversations = new Map<string, OutboxRow[]>();
  for (const row of rows) {
    const known = conversations.get(row.conversation_id);
    if (known) known.push(row);
    else conversations.set(row.conversation_id, [row]);
  }
  return [...conversations.values()];
}
