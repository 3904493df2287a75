import { ERRORS } from '@parley/contracts';
import type { Observations, SendOperation, Violation } from '@parley/harness';
import type { Outcome } from './outcome.js';

const SHOWN_VIOLATIONS = 30;

/** Everything that is known at the end of a run. */
export interface RunReport {
  outcomes: readonly Outcome[];
  observations: Observations;
  violations: readonly Violation[];
  /** Of all devices. */
  operations: readonly SendOperation[];
  /** Answers of the API that were no success, by code; a text that is no code where there was none. */
  apiRefusals: readonly string[];
  /** What went wrong beside broken promises: processes that printed of unhandled errors, devices that were shut out. */
  faults: readonly string[];
}

/** How often each refusal came to a client, between two moments; most frequent first. */
export function refusalsOf(operations: readonly SendOperation[], from = -Infinity, until = Infinity): string[] {
  const counts = new Map<string, number>();
  for (const { code } of operations.flatMap(({ refusals }) => refusals).filter(({ at }) => at >= from && at < until)) {
    counts.set(code, (counts.get(code) ?? 0) + 1);
  }
  return [...counts].toSorted((a, b) => b[1] - a[1]).map(([code, count]) => `${code} ${count}`);
}

/** One row a fault. */
export function tableOf({ outcomes, operations }: Pick<RunReport, 'outcomes' | 'operations'>): string[] {
  const head = ['fault', 'away', 'accepted', 'silence', 'in a partition', 'first after', 'all after', 'refusals'];
  const rows = outcomes.map((outcome) => {
    const { struckAt, healedAt, everywhereAfter, everywhereMeanwhile } = outcome;
    const until = healedAt + (everywhereAfter ?? 0);
    return [
      outcome.fault,
      seconds(healedAt - struckAt),
      String(outcome.acceptedMeanwhile),
      seconds(outcome.silence),
      seconds(outcome.partitionSilence),
      seconds(outcome.firstAfter),
      everywhereMeanwhile === undefined
        ? seconds(everywhereAfter)
        : `${seconds(everywhereMeanwhile)}, ${seconds(everywhereAfter)}`,
      refusalsOf(operations, struckAt, until).join(', ') || '-',
    ];
  });
  const widths = head.map((name, column) => Math.max(name.length, ...rows.map((row) => row[column].length)));
  return [head, ...rows].map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column]))
      .join('  ')
      .trimEnd(),
  );
}

/** What the run was not meant to do; empty for a run that kept everything. */
export function complaintsOf({ outcomes, violations, operations, apiRefusals, faults }: RunReport): string[] {
  const codes = operations.flatMap(({ refusals }) => refusals.map(({ code }) => code));
  const unknown = [...codes, ...apiRefusals].filter((code) => !(code in ERRORS));
  return [
    ...outcomes.flatMap(({ fault, failures }) => failures.map((failure) => `${fault}: ${failure}`)),
    ...violations
      .slice(0, SHOWN_VIOLATIONS)
      .map(({ promise, conversation, detail }) => `${promise} in ${conversation}: ${detail}`),
    ...(violations.length > SHOWN_VIOLATIONS
      ? [`... and ${violations.length - SHOWN_VIOLATIONS} more broken promises`]
      : []),
    ...[...new Set(unknown)].map((code) => `A refusal without a code: ${code}`),
    ...faults,
  ];
}

/** How the sends of the run ended. */
export function summaryOf({ observations, operations, apiRefusals }: RunReport): string[] {
  const { sends, devices, conversations, reads } = observations;
  const ended = (result: string): number => sends.filter(({ outcome }) => outcome.result === result).length;
  const retried = sends.filter(({ attempts }) => attempts > 1).length;
  const shown = devices.reduce((sum, device) => sum + device.shown.length, 0);
  return [
    `sends: ${ended('accepted')} accepted, ${ended('refused')} refused for good, ${ended('unknown')} unknown; ${retried} took more than one attempt`,
    `refusals of sends: ${refusalsOf(operations).join(', ') || 'none'}; of other requests: ${countsOf(apiRefusals)}`,
    `${devices.length} devices showed ${shown} entries of ${conversations.length} conversations; ${reads.length} histories were read meanwhile`,
  ];
}

function countsOf(codes: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const code of codes) counts.set(code, (counts.get(code) ?? 0) + 1);
  return [...counts].map(([code, count]) => `${code} ${count}`).join(', ') || 'none';
}

function seconds(ms: number | null): string {
  return ms === null ? 'never' : `${(ms / 1_000).toFixed(1)} s`;
}
