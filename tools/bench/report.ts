import type { ClosedLoopResult } from './closed-loop.js';
import type { IdleResult } from './idle-connections.js';
import type { OpenLoopResult } from './open-loop.js';
import { percentile } from './percentiles.js';

/** A line of a table: cells by the heading of their column. */
export type Row = Record<string, string>;

export function openLoopRow(result: OpenLoopResult): Row {
  const { toVerdict, toRecipient, lateness, usage } = result;
  return {
    'sends/s': String(result.ratePerSecond),
    'verdict p50': milliseconds(percentile(toVerdict, 0.5)),
    'verdict p99': milliseconds(percentile(toVerdict, 0.99)),
    'recipient p50': milliseconds(percentile(toRecipient, 0.5)),
    'recipient p99': milliseconds(percentile(toRecipient, 0.99)),
    'generator late p99': milliseconds(percentile(lateness, 0.99)),
    'server us/msg': (usage.serverMicros / (result.ratePerSecond * usage.seconds)).toFixed(0),
    'server core': share(usage.serverShare),
    'generator core': share(usage.generatorShare),
    'refused, lost': `${result.refused}, ${result.unanswered}`,
  };
}

export function closedLoopRow(result: ClosedLoopResult): Row {
  return {
    'in flight': String(result.inFlight),
    'messages/s': result.perSecond.toFixed(0),
    'deliveries/s': result.deliveredPerSecond.toFixed(0),
    'server us/msg': result.serverMicrosPerMessage.toFixed(0),
    'server core': share(result.usage.serverShare),
    'generator core': share(result.usage.generatorShare),
  };
}

export function idleLines({ connections, bytesEach, connectsPerSecond }: IdleResult): string[] {
  return [
    `\n${connections} idle connections: ${(bytesEach / 1_024).toFixed(1)} KiB each (resident memory after a collection)`,
    `opened at ${connectsPerSecond.toFixed(0)} a second, each authenticated, registered and synced`,
  ];
}

/** All rows have the columns of the first. */
export function printTable(rows: readonly Row[]): void {
  const columns = Object.keys(rows[0] ?? {});
  const widths = columns.map((column) => Math.max(column.length, ...rows.map((row) => row[column].length)));
  const line = (cells: string[]): string => cells.map((cell, index) => cell.padStart(widths[index])).join('   ');
  console.log(line(columns));
  for (const row of rows) console.log(line(columns.map((column) => row[column])));
}

function milliseconds(value: number): string {
  return value.toFixed(2);
}

/** Near 100 % on the generator's side means: the generator was the bottleneck. */
function share(value: number): string {
  return `${(value * 100).toFixed(0)} %`;
}
