import { Injectable } from '@nestjs/common';
import type { EntryView } from '@parley/contracts';
import { toEntryView } from '@parley/reading';
import { traceParentOf, type Trace } from '@parley/operability';
import { sessionIdsByGateway, type SessionAddress } from '@parley/sessions';
import type { Judged } from '../sequencing/judge-batch.js';
import type { Sequenced } from '../sequencing/sequence.js';
import { GatewayQueues } from './gateway-queues.js';
import { LookUpSessions } from './look-up-sessions.js';

/**
 * Hands entries to the gateways where recipients are connected, and verdicts to whoever waits for them. A push is a
 * hint, so a registry that is away costs nobody a message.
 */
@Injectable()
export class RouteEntries {
  constructor(
    private readonly lookUpSessions: LookUpSessions,
    private readonly queues: GatewayQueues,
  ) {}

  /**
   * Resolves once everything stands in the queues of its gateways, in order; `taken` when it is taken or given up.
   */
  async execute(batch: readonly Judged[]): Promise<{ taken: Promise<void> }> {
    const recipients = new Set(batch.flatMap(({ sequenced }) => sequenced?.recipients ?? []));
    const { byUser, isFirstAgain } = await this.lookUpSessions.execute(recipients);
    if (isFirstAgain) this.queues.askAllToCompare();
    const concerned = new Set<string>();
    for (const { at, outcome, sequenced } of batch) {
      for (const gateway of sequenced ? this.push(sequenced, at.trace, byUser) : []) concerned.add(gateway);
      if (!outcome || !at.verdictTo) continue;
      const { message_id, conversation_id } = at.record;
      concerned.add(at.verdictTo.gateway);
      this.queues.verdict(at.verdictTo.gateway, { message_id, conversation_id, outcome });
    }
    const traces = batch.flatMap(({ at }) => at.trace ?? []);
    return { taken: this.queues.flush(concerned, traces) };
  }

  /** Answers the gateways that recipients are connected to. */
  private push(
    { entry, recipients }: Sequenced,
    trace: Trace | null,
    sessions: Map<string, SessionAddress[]>,
  ): Iterable<string> {
    const view: EntryView = toEntryView({
      ...entry,
      edited_at: null,
      edited_seq: null,
      deleted_at: null,
      deleted_seq: null,
      reactions: [],
    });
    const bytes = Buffer.byteLength(JSON.stringify(view), 'utf8');
    const byGateway = sessionIdsByGateway(recipients.flatMap((userId) => sessions.get(userId) ?? []));
    const traced = trace && { trace: traceParentOf(trace) };
    for (const [gateway, session_ids] of byGateway) {
      this.queues.push(gateway, { entry: view, bytes, session_ids, ...traced });
    }
    return byGateway.keys();
  }
}
