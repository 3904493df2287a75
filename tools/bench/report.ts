import { STAGES } from '@parley/operability';
import { totalMicros, type Usage } from './usage.js';
import type { ClosedLoopResult } from './closed-loop.js';
import type { IdleResult } from './idle-connections.js';
import type { OpenLoopResult } from './open-loop.js';
import { percentile } from './percentiles.js';
import { quantile, sumOfStages } from './stage-histograms.js';
import { hundredths, medianRow, percent, rowsOf, tableLines, whole, type Column } from './table.js';

const OPEN_LOOP: readonly Column<OpenLoopResult>[] = [
  { heading: 'sends/s', of: ({ ratePerSecond }) => ratePerSecond, show: whole },
  { heading: 'verdict p50', of: ({ toVerdict }) => percentile(toVerdict, 0.5), show: hundredths },
  { heading: 'verdict p99', of: ({ toVerdict }) => percentile(toVerdict, 0.99), show: hundredths },
  { heading: 'recipient p50', of: ({ toRecipient }) => percentile(toRecipient, 0.5), show: hundredths },
  { heading: 'recipient p99', of: ({ toRecipient }) => percentile(toRecipient, 0.99), show: hundredths },
  {
    heading: 'us/msg',
    of: ({ usage, ratePerSecond }) => totalMicros(usage) / sentIn(usage, ratePerSecond),
    show: whole,
  },
  ...usageColumns<OpenLoopResult>(),
  { heading: 'late p99', of: ({ lateness }) => percentile(lateness, 0.99), show: hundredths },
  { heading: 'refused', of: ({ refused }) => refused, show: whole },
  { heading: 'unanswered', of: ({ unanswered }) => unanswered, show: whole },
];

const CLOSED_LOOP: readonly Column<ClosedLoopResult>[] = [
  { heading: 'in flight', of: ({ inFlight }) => inFlight, show: whole },
  { heading: 'messages/s', of: ({ perSecond }) => perSecond, show: whole },
  { heading: 'deliveries/s', of: ({ deliveredPerSecond }) => deliveredPerSecond, show: whole },
  { heading: 'us/msg', of: ({ usage, perSecond }) => totalMicros(usage) / sentIn(usage, perSecond), show: whole },
  ...usageColumns<ClosedLoopResult>(),
];

/** Near 100 % on the generator's side, or a loop that is held up for long, means: the generator was the bottleneck. */
function usageColumns<T extends { usage: Usage }>(): Column<T>[] {
  return [
    { heading: 'cores', of: ({ usage }) => totalMicros(usage) / (usage.seconds * 1e6), show: hundredths },
    { heading: 'generator', of: ({ usage }) => usage.generatorMicros / (usage.seconds * 1e6), show: percent },
    { heading: 'held p99', of: ({ usage }) => usage.generatorHeldP99, show: hundredths },
  ];
}

export function openLoopTable(results: readonly OpenLoopResult[]): string[] {
  return resultTable(OPEN_LOOP, results);
}

export function closedLoopTable(results: readonly ClosedLoopResult[]): string[] {
  return resultTable(CLOSED_LOOP, results);
}

/** The medians of several runs at each rate. */
export function openLoopMedians(results: readonly OpenLoopResult[]): string[] {
  return medianTable(OPEN_LOOP, results, ({ ratePerSecond }) => ratePerSecond);
}

export function closedLoopMedians(results: readonly ClosedLoopResult[]): string[] {
  return medianTable(CLOSED_LOOP, results, ({ inFlight }) => inFlight);
}

/** What a message costs each part of the target, by rate, over all runs at that rate. */
export function processorTable(results: readonly OpenLoopResult[]): string[] {
  const parts = [...results[0].usage.micros.keys()];
  const columns: Column<OpenLoopResult>[] = [
    { heading: 'sends/s', of: ({ ratePerSecond }) => ratePerSecond, show: whole },
    ...parts.map((name) => ({
      heading: name,
      of: ({ usage, ratePerSecond }: OpenLoopResult) => (usage.micros.get(name) ?? 0) / sentIn(usage, ratePerSecond),
      show: whole,
    })),
    {
      heading: 'generator',
      of: ({ usage, ratePerSecond }) => usage.generatorMicros / sentIn(usage, ratePerSecond),
      show: whole,
    },
  ];
  return medianTable(columns, results, ({ ratePerSecond }) => ratePerSecond);
}

/** Where the time of a message goes, in milliseconds, over all of the runs together. */
export function stageTable(results: readonly OpenLoopResult[]): string[] {
  const stages = sumOfStages(results.map(({ usage }) => usage.stages));
  const way: readonly string[] = STAGES;
  const inOrder = [...stages].toSorted(([one], [other]) => way.indexOf(one) - way.indexOf(other));
  const rows = inOrder.map(([stage, histogram]) => [
    stage,
    hundredths(1_000 * quantile(histogram, 0.5)),
    hundredths(1_000 * quantile(histogram, 0.99)),
    whole(histogram.counts.at(-1) ?? 0),
  ]);
  return tableLines(['stage', 'p50', 'p99', 'count'], rows);
}

export function idleLines({ connections, bytesEach, connectsPerSecond }: IdleResult): string[] {
  return [
    `${connections} idle connections: ${(bytesEach / 1_024).toFixed(1)} KiB each (resident memory after a collection)`,
    `opened at ${connectsPerSecond.toFixed(0)} a second, each authenticated, registered and synced`,
  ];
}

function resultTable<T>(columns: readonly Column<T>[], results: readonly T[]): string[] {
  return tableLines(headingsOf(columns), rowsOf(columns, results));
}

function medianTable<T>(columns: readonly Column<T>[], results: readonly T[], group: (result: T) => number): string[] {
  const groups = [...new Set(results.map(group))];
  const rows = groups.map((key) =>
    medianRow(
      columns,
      results.filter((result) => group(result) === key),
    ),
  );
  return tableLines(headingsOf(columns), rows);
}

function headingsOf<T>(columns: readonly Column<T>[]): string[] {
  return columns.map(({ heading }) => heading);
}

function sentIn({ seconds }: Usage, perSecond: number): number {
  return seconds * perSecond;
}
