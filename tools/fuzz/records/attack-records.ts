import { setImmediate as nextTurn } from 'node:timers/promises';
import fc from 'fast-check';
import { readRecord } from '@parley/contracts';
import { ConversationState, judge } from '../../../apps/router-worker/test/judging.js';
import type { Attack } from '../attack.js';
import { CONVERSATION, recordBytes } from './records.js';

const MOST_RECORDS = 40;

/**
 * Bytes for the router's decoder and its judge, in this process: a record is read or it has a reason for the quarantine;
 * what is read gets a verdict, and seq stays dense. Neither ever throws, since a partition would stop for good.
 */
export async function attackRecords(): Promise<Attack> {
  let thrown = 0;
  return {
    cases: fc.asyncProperty(fc.array(recordBytes(), { minLength: 1, maxLength: MOST_RECORDS }), async (records) => {
      thrown += records.length;
      feed(records);
      // The bystanders live in this process, too.
      await nextTurn();
    }),
    thrown: () => thrown,
    show: (records: Uint8Array[]) => records.map((bytes) => Buffer.from(bytes).toString()),
    close: () => undefined,
  };
}

/** Throws where anything is wrong. */
export function feed(records: readonly Uint8Array[]): void {
  const state = new ConversationState(CONVERSATION);
  const known = { keys: new Map(), targets: new Map() };
  for (const [offset, bytes] of records.entries()) {
    const decoded = readRecord(CONVERSATION, bytes);
    if (!decoded.ok) {
      if (decoded.reason === '') throw new Error('a record is at fault for no reason');
      continue;
    }
    const headBefore = state.lastSeq;
    const place = { position: { epoch: 0, offset }, appendedAt: 1_000 * offset };
    const at = { record: decoded.value, ...place, verdictTo: null, trace: null };
    const { outcome, sequenced } = judge(state, at, known);
    const isAccepted = outcome?.accepted === true && !outcome.repeated;
    if (isAccepted !== (sequenced !== null)) throw new Error(`verdict and entry differ: ${JSON.stringify(outcome)}`);
    const expected = headBefore + (isAccepted ? 1 : 0);
    if (state.lastSeq !== expected) throw new Error(`the head is ${state.lastSeq} instead of ${expected}`);
    JSON.stringify(sequenced);
  }
}
