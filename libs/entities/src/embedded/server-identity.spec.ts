import { chmodSync, chownSync, mkdirSync, mkdtempSync, realpathSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { startEmbeddedPostgres } from './embedded-postgres.js';
import { installedBinaries } from './postgres-binaries.js';
import { chooseIdentity } from './server-identity.js';

const asRoot = process.getuid?.() === 0;
const NOBODY = 65_534;

let parent: string;
let folder: string;

beforeEach(() => {
  parent = realpathSync(mkdtempSync(join(tmpdir(), 'parley-identity-')));
  folder = join(parent, 'data');
  mkdirSync(folder);
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(parent, { recursive: true, force: true });
});

// Whose process this is cannot be changed from inside: a run as root shows the one half, a run as a user the other.
describe.skipIf(asRoot)('as an ordinary user (skipped: this is root)', () => {
  it('the server runs as we do', () => {
    const identity = chooseIdentity(installedBinaries(), folder);
    expect(identity).toMatchObject({ owner: null, spawnAs: {} });
    expect(identity.wrap(['postgres'])).toEqual(['postgres']);
  });
});

// Only root may hand a folder to somebody else.
describe.skipIf(!asRoot)('as root (skipped: this is an ordinary user)', () => {
  it('gives a folder of root to nobody', () => {
    const { owner } = chooseIdentity(installedBinaries(), folder);
    expect(owner).toEqual({ uid: NOBODY, gid: NOBODY });
    expect(statSync(folder).uid).toBe(NOBODY);
  });

  it('leaves a folder to the user who made it', () => {
    chownSync(folder, 1234, 1235);
    expect(chooseIdentity(installedBinaries(), folder).owner).toEqual({ uid: 1234, gid: 1235 });
    expect(statSync(folder).uid).toBe(1234);
  });

  it('starts a server under a folder of mode 700', async () => {
    chmodSync(parent, 0o700);
    const server = await startEmbeddedPostgres({ dataDir: folder });
    expect(statSync(`/proc/${server.pid}`).uid).toBe(NOBODY);
    await server.stop();
  });

  it('starts a server where everybody may enter', async () => {
    chmodSync(parent, 0o711);
    chmodSync(folder, 0o711);
    const server = await startEmbeddedPostgres({ dataDir: folder });
    expect(statSync(`/proc/${server.pid}`).uid).toBe(NOBODY);
    await server.stop();
  });

  it('names the folder that is in the way, and what to do, where no capability can be kept', () => {
    chmodSync(parent, 0o700);
    vi.stubEnv('PATH', '/nowhere');
    expect(() => chooseIdentity(installedBinaries(), folder)).toThrow(
      /as user 65534 it cannot reach .*\. Start Parley as an ordinary user, or open the way \(chmod o\+x .*\)/,
    );
  });
});
