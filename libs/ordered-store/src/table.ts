import type { Database } from 'lmdb';

/**
 * A key: strings and numbers, compared part by part; numbers stand before strings, a key before its own extensions.
 * Strings compare by their UTF-8 bytes (so '10' stands before '9') and contain no NUL. At most 1,978 bytes in all.
 */
export type Key = readonly (string | number)[];

/** Above every string that is used in a key. */
const LAST = '\u{10ffff}';

export interface Range {
  /** The lowest key, included. */
  from: Key;
  /** The highest key, included together with its extensions. */
  to: Key;
  /** Ascending where it is left out. */
  order?: 'ascending' | 'descending';
  /** At most so many; all where it is left out. */
  limit?: number;
}

export interface Row<V> {
  key: Key;
  value: V;
}

/** What a table needs to know about its store. */
export interface StoreState {
  readonly open: boolean;
  readonly writing: boolean;
}

/**
 * One table of an OrderedStore. Values are anything that JSON can say, and byte arrays. Inside a change reads see what it
 * and the changes before it put; outside they see what was committed, one state per call.
 */
export class Table<V> {
  constructor(
    private readonly database: Database<unknown, (string | number)[]>,
    private readonly state: StoreState,
  ) {}

  get(key: Key): V | undefined {
    this.mustBeOpen();
    return this.database.get([...key]) as V | undefined;
  }

  /** The rows between two keys, both included; all rows under one prefix where both are that prefix. */
  range({ from, to, order = 'ascending', limit }: Range): Row<V>[] {
    this.mustBeOpen();
    const low = [...from];
    const high = [...to, LAST];
    const ascending = order === 'ascending';
    const rows = this.database.getRange({
      start: ascending ? low : high,
      end: ascending ? high : low,
      inclusiveEnd: true,
      reverse: !ascending,
      ...(limit === undefined ? {} : { limit }),
    });
    // The key encoding gives a key of one part back without its array.
    return Array.from(rows, ({ key, value }) => ({ key: Array.isArray(key) ? key : [key], value: value as V }));
  }

  /** Only inside a change. */
  put(key: Key, value: V): void {
    this.mustBeWriting();
    this.database.putSync([...key], value);
  }

  /** Only inside a change; an absent key is no error. */
  remove(key: Key): void {
    this.mustBeWriting();
    this.database.removeSync([...key]);
  }

  private mustBeOpen(): void {
    // lmdb itself does not survive a read from a closed environment.
    if (!this.state.open) throw new Error('The store is closed');
  }

  private mustBeWriting(): void {
    if (!this.state.writing) throw new Error('A table is changed inside OrderedStore.write only');
  }
}
