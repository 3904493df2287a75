import { Counter } from 'prom-client';
import { processRegistry } from './process-registry.js';
import { ReadGauge } from './read-gauge.js';

/** Records of the log that this process has not finished with, by partition: the log's end less the watermark. */
export const logLag = new ReadGauge({
  name: 'parley_log_lag_records',
  help: 'Records of the log that are not finished yet, by partition, for the partitions of this process',
  label: 'partition',
});

/** Records that were handed out and are not finished, by partition. */
export const inFlightRecords = new ReadGauge({
  name: 'parley_inflight_records',
  help: 'Records that are being worked on, by partition; sending stalls where this stays at its bound',
  label: 'partition',
});

const quarantined = new Counter({
  name: 'parley_quarantined_total',
  help: 'Records whose bytes were at fault and that were put aside',
  registers: [processRegistry],
});

export function countQuarantined(): void {
  quarantined.inc();
}
