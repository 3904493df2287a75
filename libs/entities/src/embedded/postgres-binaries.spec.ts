import { mkdirSync, mkdtempSync, readFileSync, readlinkSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { installedBinaries, restoreLinks } from './postgres-binaries.js';

describe('restoreLinks', () => {
  let native: string;

  beforeEach(() => {
    native = join(mkdtempSync(join(tmpdir(), 'parley-binaries-')), 'native');
    mkdirSync(join(native, 'lib'), { recursive: true });
    writeFileSync(join(native, 'lib', 'libone.so.1.2'), 'one');
  });
  afterEach(() => rmSync(join(native, '..'), { recursive: true, force: true }));

  const list = (...links: { source: string; target: string }[]) =>
    writeFileSync(join(native, 'pg-symlinks.json'), JSON.stringify(links));

  it('makes the links that the package lists, relative to their folder', () => {
    list({ source: 'native/lib/libone.so.1.2', target: 'native/lib/libone.so.1' });
    restoreLinks(native);
    expect(readlinkSync(join(native, 'lib', 'libone.so.1'))).toBe('libone.so.1.2');
    expect(readFileSync(join(native, 'lib', 'libone.so.1'), 'utf8')).toBe('one');
  });

  it('changes nothing where they are there', () => {
    list({ source: 'native/lib/libone.so.1.2', target: 'native/lib/libone.so.1' });
    writeFileSync(join(native, 'lib', 'libone.so.1'), 'a copy');
    restoreLinks(native);
    restoreLinks(native);
    expect(readFileSync(join(native, 'lib', 'libone.so.1'), 'utf8')).toBe('a copy');
  });

  it('has nothing to do for a package without a list', () => {
    expect(() => restoreLinks(native)).not.toThrow();
  });

  it('names the link that it cannot make', () => {
    list({ source: 'native/gone/libone.so.1.2', target: 'native/gone/libone.so.1' });
    expect(() => restoreLinks(native)).toThrow(join(native, 'gone', 'libone.so.1'));
  });
});

describe('installedBinaries', () => {
  it('finds the programs of this platform, complete', () => {
    const { initdb, postgres, bootstrapScript } = installedBinaries();
    for (const path of [initdb, postgres, bootstrapScript]) expect(readFileSync(path).length).toBeGreaterThan(0);
  });

  it('says what to do on a platform that has none', () => {
    expect(() => installedBinaries('plan9-mips')).toThrow('no embedded PostgreSQL for plan9-mips');
  });
});
