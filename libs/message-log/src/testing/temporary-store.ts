import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { OrderedStore } from '@parley/ordered-store';

/** An ordered store in a temporary folder, which can be looked at as a killed process would leave it. */
export class TemporaryStore {
  private constructor(
    private readonly folder: string,
    readonly store: OrderedStore,
  ) {}

  static open(): TemporaryStore {
    return TemporaryStore.in(mkdtempSync(join(tmpdir(), 'parley-log-')));
  }

  private static in(folder: string): TemporaryStore {
    return new TemporaryStore(folder, OrderedStore.open(folder));
  }

  /** Copies the files as they are at this moment, closed by nobody, and opens the copy. */
  afterKill(): TemporaryStore {
    const copy = mkdtempSync(join(tmpdir(), 'parley-log-'));
    cpSync(join(this.folder, 'data.mdb'), join(copy, 'data.mdb'));
    return TemporaryStore.in(copy);
  }

  async close(): Promise<void> {
    await this.store.close();
    rmSync(this.folder, { recursive: true, force: true });
  }
}
