import { Gauge } from 'prom-client';
import { processRegistry } from './process-registry.js';

/** The value now; or the values by label, whose number must stay small. */
export type Reading = number | ReadonlyMap<string | number, number>;

/** Cheap: every scrape asks. One that rejects counts as one that is not there. */
export type Source = () => Reading | Promise<Reading>;

/** A source may ask an engine; one that hangs must not hold up the other metrics. */
const READ_WITHIN_MS = 1_000;

/** A gauge that is read when somebody asks for the metrics, so that it costs nothing in between. */
export class ReadGauge {
  private readonly sources = new Set<Source>();
  private readonly gauge: Gauge;

  /** `label`: the name of the label, for a gauge whose sources give values by label. */
  constructor({ name, help, label }: { name: string; help: string; label?: string }) {
    const labelNames = label === undefined ? [] : [label];
    const collect = () => this.read(label);
    this.gauge = new Gauge({ name, help, labelNames, collect, registers: [processRegistry] });
  }

  /** From now on the source counts; what several give is added up. Returns how to take it away. */
  readFrom(source: Source): () => void {
    this.sources.add(source);
    return () => {
      this.sources.delete(source);
    };
  }

  private async read(label = ''): Promise<void> {
    const readings = await Promise.all([...this.sources].map((source) => inTime(source)));
    this.gauge.reset();
    for (const reading of readings) {
      if (typeof reading === 'number') this.gauge.inc(reading);
      else for (const [key, part] of reading) this.gauge.inc({ [label]: String(key) }, part);
    }
  }
}

/** Nothing, where the source does not answer. */
async function inTime(source: Source): Promise<Reading> {
  const nothing: Reading = new Map();
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<Reading>((resolve) => {
    timer = setTimeout(resolve, READ_WITHIN_MS, nothing);
  });
  const answer = (async () => source())().catch(() => nothing);
  return Promise.race([answer, late]).finally(() => clearTimeout(timer));
}
