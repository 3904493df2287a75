import { describe, expect, it } from 'vitest';
import { filesOf, textOf } from '../check-documents/repository.js';

/** Below these versions a packet of a client can end a process (their advisories of denial of service). */
const FLOORS: Record<string, string> = { 'socket.io-parser': '4.2.7', ws: '8.21.3', 'engine.io': '6.6.9' };

interface LockFile {
  packages: Record<string, { version?: string; resolved?: string; integrity?: string; link?: boolean }>;
}

const { packages } = JSON.parse(textOf('package-lock.json')) as LockFile;
const installed = Object.entries(packages).filter(([path]) => path.startsWith('node_modules/'));

function isAtLeast(version: string, floor: string): boolean {
  const [have, want] = [version, floor].map((text) => text.split('.').map((part) => Number.parseInt(part, 10)));
  const differing = want.findIndex((part, index) => have[index] !== part);
  return differing === -1 || have[differing] > want[differing];
}

describe('package-lock.json', () => {
  it.each(Object.entries(FLOORS))('has no %s below %s, however deep', (name, floor) => {
    const versions = installed.filter(([path]) => path.endsWith(`node_modules/${name}`)).map(([, one]) => one.version);
    expect(versions).not.toEqual([]);
    expect(versions.filter((version) => version === undefined || !isAtLeast(version, floor))).toEqual([]);
  });

  it('pins what every package holds by a hash', () => {
    const unpinned = installed.filter(([, { integrity, link }]) => !integrity && link !== true);
    expect(unpinned.map(([path]) => path)).toEqual([]);
  });
});

describe('Install scripts', () => {
  it('run nowhere: each installation of ours turns them off', () => {
    const installing = filesOf().filter((file) =>
      /^(docker\/.+[.]Dockerfile|[.]ci\/run|CONTRIBUTING[.]md)$/.test(file),
    );
    const lines = installing.flatMap((file) => textOf(file).match(/^.*\bnpm ci\b.*$/gm) ?? []);
    expect(lines.length).toBeGreaterThan(3);
    expect(lines.filter((line) => !line.includes('npm ci --ignore-scripts'))).toEqual([]);
  });
});
