import { existsSync, mkdirSync, mkdtempSync, readdirSync, realpathSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ClusterFolder, openPostgresFolder } from './cluster-folder.js';
import type { ServerIdentity } from './server-identity.js';

const ourselves: ServerIdentity = { owner: null, spawnAs: {}, wrap: (command) => command };

describe('ClusterFolder', () => {
  let dataDir: string;
  const leftovers: string[] = [];

  beforeEach(() => {
    dataDir = realpathSync(mkdtempSync(join(tmpdir(), 'parley-cluster-')));
  });
  afterEach(() => {
    for (const path of [dataDir, ...leftovers.splice(0)]) rmSync(path, { recursive: true, force: true });
  });

  const open = (path = dataDir) => new ClusterFolder(openPostgresFolder(path), ourselves);
  const deep = () => join(dataDir, 'a-long-name'.repeat(10));

  it('makes a password once', () => {
    const first = open();
    expect(first.password).toMatch(/^[0-9a-f]{48}$/);
    expect(open().password).toBe(first.password);
  });

  it('has the socket beside the data', () => {
    expect(open().sockets).toBe(join(dataDir, 'postgres', 'run'));
  });

  it('has the socket in the temporary folder, always the same place, where its path would be too long', () => {
    const { sockets } = open(deep());
    leftovers.push(sockets);
    expect(sockets).toContain(join(realpathSync(tmpdir()), 'parley-'));
    expect(Buffer.byteLength(join(sockets, '.s.PGSQL.5432'))).toBeLessThanOrEqual(103);
    expect(open(deep()).sockets).toBe(sockets);
  });

  it('does not follow a link that somebody put in that place', () => {
    const { sockets } = open(deep());
    leftovers.push(sockets);
    rmSync(sockets, { recursive: true });
    mkdirSync(join(dataDir, 'trap'));
    symlinkSync(join(dataDir, 'trap'), sockets);
    expect(() => open(deep())).toThrow('belongs to somebody else');
  });

  it('has a cluster only when it is complete', async () => {
    const folder = open();
    const failing = folder.createCluster(async (path) => {
      mkdirSync(path);
      throw new Error('cut off');
    });
    await expect(failing).rejects.toThrow('cut off');
    expect(folder.isInitialised).toBe(false);
    await folder.createCluster(async (path) => mkdirSync(path));
    expect(folder.isInitialised).toBe(true);
    expect(readdirSync(join(dataDir, 'postgres')).filter((name) => name.startsWith('cluster'))).toEqual(['cluster']);
    expect(existsSync(folder.cluster)).toBe(true);
  });
});
