import { EmbeddedMessageLog, partitionOf, type RecordSource } from '@parley/message-log';
import type { OrderedStore } from '@parley/ordered-store';
import type { GeneratedLog } from './generator.js';
import type { Random } from '@parley/harness';

const BEGIN_MS = Date.UTC(2026, 0, 1);

/** A generated log in the embedded engine. */
export interface WrittenLog {
  topic: string;
  source: RecordSource;
  /** Of each partition: the offset after its last record. */
  ends: number[];
}

/** Appends in a few groups. The wall clock stands still and steps back now and then, as wall clocks do. */
export async function writeLog(
  store: OrderedStore,
  seed: number,
  { partitions, records }: GeneratedLog,
  random: Random,
): Promise<WrittenLog> {
  const topic = `entries-of-seed-${seed}`;
  let nowMs = BEGIN_MS;
  const log = await EmbeddedMessageLog.open(store, { topic, partitions, now: () => nowMs });
  for (let start = 0; start < records.length;) {
    const group = records.slice(start, start + random.between(5, 20));
    await Promise.all(group.map((record) => log.append(record)));
    start += group.length;
    nowMs += random.pick([0, 1, 250, 60_000, -5_000]);
  }
  await log.close();
  const ends = Array.from(
    { length: partitions },
    (_, partition) => records.filter(({ key }) => partitionOf(key, partitions) === partition).length,
  );
  const source = log.source('router');
  await source.start(
    () => undefined,
    () => undefined,
  );
  return { topic, source, ends };
}
