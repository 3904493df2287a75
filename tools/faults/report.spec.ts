import type { Observations, SendOperation } from '@parley/harness';
import { describe, expect, it } from 'vitest';
import type { Outcome } from './outcome.js';
import { complaintsOf, refusalsOf, tableOf, type RunReport } from './report.js';

const OUTCOME: Outcome = {
  fault: 'router killed',
  struckAt: 1_000,
  healedAt: 4_000,
  acceptedMeanwhile: 17,
  firstAfter: 20,
  everywhereAfter: 1_500,
  silence: 800,
  partitionSilence: 3_900,
  failures: [],
};

function refused(...refusals: SendOperation['refusals']): SendOperation {
  const request = { client_msg_id: 'k', conversation_id: '7', content: { type: 'text', text: 'hello' } } as const;
  return { request, invokedAt: 0, completedAt: null, attempts: refusals.length, answer: null, refusals };
}

function reportOf(more: Partial<RunReport> = {}): RunReport {
  const observations: Observations = { sends: [], devices: [], conversations: [], reads: [], inboxes: [] };
  return { outcomes: [OUTCOME], observations, violations: [], operations: [], apiRefusals: [], faults: [], ...more };
}

describe('The report of a run with faults', () => {
  it('has a row for each fault, with the refusals of its time alone', () => {
    const operations = [
      refused({ code: 'unavailable', at: 900 }, { code: 'unavailable', at: 2_000 }, { code: 'overloaded', at: 5_400 }),
      refused({ code: 'unavailable', at: 2_100 }, { code: 'overloaded', at: 9_000 }),
    ];
    const [, row] = tableOf(reportOf({ operations }));
    expect(row.split(/ {2,}/)).toEqual([
      'router killed',
      '3.0 s',
      '17',
      '0.8 s',
      '3.9 s',
      '0.0 s',
      '1.5 s',
      'unavailable 2, overloaded 1',
    ]);
    expect(refusalsOf(operations)).toEqual(['unavailable 3', 'overloaded 2']);
  });

  it('has nothing to complain of where everything was kept, refusals with a code included', () => {
    const operations = [refused({ code: 'overloaded', at: 1 })];
    expect(complaintsOf(reportOf({ operations, apiRefusals: ['unavailable'] }))).toEqual([]);
  });

  it('complains of broken promises, of faults that were not survived, and of refusals that nobody can read', () => {
    const complaints = complaintsOf(
      reportOf({
        outcomes: [{ ...OUTCOME, failures: ['it took too long to recover'] }],
        violations: [{ promise: 'I1', conversation: '7', detail: 'lost' }],
        operations: [refused({ code: 'whatever' as never, at: 1 })],
        faults: ['gateway 1: Unhandled rejection'],
      }),
    );
    expect(complaints).toEqual([
      'router killed: it took too long to recover',
      'I1 in 7: lost',
      'A refusal without a code: whatever',
      'gateway 1: Unhandled rejection',
    ]);
  });
});
