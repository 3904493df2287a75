import { Injectable } from '@nestjs/common';
import { comparePositions, readRecord, TRACE_PARENT, VERDICT_TO, type VerdictAddress } from '@parley/contracts';
import { Quarantine, type ConsumedRecord, type RecordBatch } from '@parley/message-log';
import { countQuarantined, traceOf } from '@parley/operability';
import type { RecordAtHand } from './record-at-hand.js';

/**
 * A batch's records in readable form. A record whose bytes are at fault goes into quarantine, durably, before the partition
 * moves on; one that was quarantined before stays so on every replay, also when a newer router could read it.
 */
@Injectable()
export class ReadRecords {
  constructor(private readonly quarantine: Quarantine) {}

  async execute(batch: RecordBatch): Promise<RecordAtHand[]> {
    const { topic, partition, records } = batch;
    const [first, last] = [records.at(0), records.at(-1)];
    if (!first || !last) return [];
    const known = await this.quarantine.within(topic, partition, first.position, last.position);
    const readable: RecordAtHand[] = [];
    for (const source of records) {
      const { key, value, position, appendedAt } = source;
      if (known.some((place) => comparePositions(place, position) === 0)) continue;
      const decoded = readRecord(key, value);
      const verdictTo = verdictAddressOf(source);
      if (decoded.ok) {
        const trace = traceOf(source.headers[TRACE_PARENT]);
        readable.push({ record: decoded.value, position, appendedAt, verdictTo, trace });
        continue;
      }
      await this.quarantine.add({ topic, partition, position, key, value, reason: decoded.reason });
      countQuarantined();
    }
    return readable;
  }
}

/** Null where nobody asked, or where the header makes no sense: the record counts all the same. */
function verdictAddressOf(source: ConsumedRecord): VerdictAddress | null {
  const header = source.headers[VERDICT_TO];
  if (header === undefined) return null;
  try {
    const { gateway, incarnation } = JSON.parse(header) as Record<string, unknown>;
    return typeof gateway === 'string' && typeof incarnation === 'string' ? { gateway, incarnation } : null;
  } catch {
    return null;
  }
}
