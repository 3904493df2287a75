import type { Position } from '@parley/contracts';
import type { OrderedStore, Table } from '@parley/ordered-store';
import { Quarantine, type QuarantinedRecord } from '../quarantine.js';

const ALL = { from: [1], to: [Number.MAX_SAFE_INTEGER] };

/** A quarantine in an ordered store. */
export class EmbeddedQuarantine extends Quarantine {
  /** (number): in the order in which they came. */
  private readonly records: Table<QuarantinedRecord>;
  /** (topic, partition, epoch, offset): the record's number. */
  private readonly numbers: Table<number>;

  constructor(private readonly store: OrderedStore) {
    super();
    this.records = store.table('quarantine-records');
    this.numbers = store.table('quarantine-numbers');
  }

  override async add(record: QuarantinedRecord): Promise<void> {
    const place = placeOf(record.topic, record.partition, record.position);
    await this.store.writeFlushed(() => {
      if (this.numbers.get(place) !== undefined) return;
      const number = this.newest() + 1;
      this.records.put([number], record);
      this.numbers.put(place, number);
    });
  }

  override async within(topic: string, partition: number, from: Position, to: Position): Promise<Position[]> {
    const rows = this.numbers.range({ from: placeOf(topic, partition, from), to: placeOf(topic, partition, to) });
    return rows.map(({ key }) => ({ epoch: Number(key[2]), offset: Number(key[3]) }));
  }

  override async find(topic: string, partition: number, position: Position): Promise<QuarantinedRecord | null> {
    const number = this.numbers.get(placeOf(topic, partition, position));
    return number === undefined ? null : (this.records.get([number]) ?? null);
  }

  /** Records are numbered from 1 and stay. */
  override async count(): Promise<number> {
    return this.newest();
  }

  override async list(limit: number): Promise<QuarantinedRecord[]> {
    return this.records.range({ ...ALL, limit }).map(({ value }) => value);
  }

  private newest(): number {
    const [newest] = this.records.range({ ...ALL, order: 'descending', limit: 1 });
    return Number(newest?.key[0] ?? 0);
  }
}

function placeOf(topic: string, partition: number, { epoch, offset }: Position): (string | number)[] {
  return [topic, partition, epoch, offset];
}
