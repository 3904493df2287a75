import { open, type RootDatabase } from 'lmdb';
import { Table } from './table.js';

/** Named tables that one environment can hold. */
const MAX_TABLES = 64;

/**
 * One LMDB environment in a folder: named tables of keys in order, read synchronously, written in groups.
 *
 * - **Order and isolation.** Changes run one after the other, in the order in which `write` was called, each seeing what
 *   the earlier ones put. All that wait run in one transaction of the environment (group commit).
 * - **Atomicity.** A change that throws leaves nothing behind and rejects with its own error; its neighbours are not
 *   concerned. A commit that fails (disk full, input/output error) rejects every change of its group, none of them
 *   applied; the store can be read and written on.
 * - **Durability.** `write` resolves when the change is committed: every reader sees it, and it survives a kill of the
 *   process. `writeFlushed` resolves when it is on the disk: it survives a power cut too. What is on the disk is always
 *   a prefix of the commits, over all tables: a table that is only `write`n can lag behind after a power cut, but never
 *   shows an effect of a change without everything that was committed before it.
 *
 * One process per folder (`DataFolderLock`).
 */
export class OrderedStore {
  private readonly tables = new Map<string, Table<unknown>>();
  private readonly state = { open: true, writing: false };
  private closing: Promise<void> | undefined;

  private constructor(private readonly environment: RootDatabase) {}

  /** Opens the environment in `folder`, which is created where it is missing. Throws where it cannot be opened. */
  static open(folder: string): OrderedStore {
    return new OrderedStore(
      open(folder, {
        noSubdir: false,
        maxDbs: MAX_TABLES,
        // Each event turn's marker that lmdb otherwise adds has a promise which nobody can catch: a full disk would end
        // the process with an unhandled rejection. Without it, transactions are grouped all the same.
        eventTurnBatching: false,
      }),
    );
  }

  /** The table of this name, created at its first use. The same object for the same name. */
  table<V>(name: string): Table<V> {
    let table = this.tables.get(name);
    if (!table) {
      // Plain msgpack maps: msgpack records would compile readers from whatever field names users send.
      const database = this.environment.openDB<unknown, (string | number)[]>(name, { useRecords: false } as object);
      table = new Table(database, this.state);
      this.tables.set(name, table);
    }
    return table as Table<V>;
  }

  /** Runs a synchronous change; resolves with its result when it is committed. */
  async write<T>(change: () => T): Promise<T> {
    return this.commit(change);
  }

  /** The same, but resolves when the change and everything committed before it are on the disk. */
  async writeFlushed<T>(change: () => T): Promise<T> {
    const committed = this.commit(change);
    // lmdb's `flushed` stands for the transaction that is being gathered right now, so `then` is called at once. It never
    // settles where that transaction fails; the commit does.
    const flushed = new Promise<unknown>((resolve, reject) => void this.environment.flushed.then(resolve, reject));
    const [result] = await Promise.all([committed, flushed]);
    return result;
  }

  /** Waits for pending writes and closes. Later reads throw, later writes reject. May be called again. */
  close(): Promise<void> {
    this.closing ??= this.finish();
    return this.closing;
  }

  private async commit<T>(change: () => T): Promise<T> {
    if (this.closing) throw new Error('The store is closed');
    if (this.state.writing) throw new Error('A change cannot start another one: put it all into one');
    try {
      return await this.environment.childTransaction(() => this.run(change));
    } catch (error) {
      throw await causeOf(error);
    }
  }

  private run<T>(change: () => T): T {
    this.state.writing = true;
    try {
      return change();
    } finally {
      this.state.writing = false;
    }
  }

  private async finish(): Promise<void> {
    // Runs behind everything that waits. And after a failed commit lmdb's close would wait for a flush that never comes;
    // an empty transaction replaces it.
    await this.environment.transaction(() => undefined).catch(causeOf);
    this.state.open = false;
    await this.environment.close();
  }
}

/**
 * lmdb rejects each write of a failed commit with "see commitError", a promise of the real cause that ends the process
 * when it is left unhandled.
 */
async function causeOf(failure: unknown): Promise<unknown> {
  const commitError = (failure as { commitError?: Promise<never> }).commitError;
  if (!commitError) return failure;
  const cause = await commitError.catch((reason: Error) => reason);
  return new Error(`The write could not be committed: ${cause.message}`, { cause });
}
