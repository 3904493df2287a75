import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A folder of its own for one server's data, in the system's place for temporary files. */
export class DataFolder {
  readonly path = mkdtempSync(join(tmpdir(), 'parley-'));

  /** Removes it with everything in it. An engine that is just ending may still write: that is tried again for 2 s. */
  remove(): void {
    rmSync(this.path, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
  }
}
