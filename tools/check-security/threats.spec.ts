import { describe, expect, it } from 'vitest';
import { textOf } from '../check-documents/repository.js';

const DOCUMENT = 'docs/security.md';
const NAMED = /\[[^\]]+\]\(\.\.\/([^)]+)\): ("[^"]+"(?:, "[^"]+")*)/g;

const rows = textOf(DOCUMENT)
  .split('\n')
  .filter((line) => /^\| (?!threat |-)/.test(line))
  .map((line) => line.split(' | ').map((cell) => cell.replaceAll(/^\| |\|$/g, '').trim()));

const testsIn = (cell: string): [file: string, name: string][] =>
  Array.from(cell.matchAll(NAMED), ([, file, names]) =>
    Array.from(names.matchAll(/"([^"]+)"/g), ([, name]): [string, string] => [file, name]),
  ).flat();

describe('docs/security.md', () => {
  it('says of every threat what happens, and names a test', () => {
    expect(rows.length).toBeGreaterThan(25);
    for (const [threat, happens, tests = ''] of rows) {
      expect([threat, happens !== '', testsIn(tests).length > 0]).toEqual([threat, true, true]);
    }
  });

  it('names tests that there are', () => {
    const named = rows.flatMap(([, , tests]) => testsIn(tests));
    expect(named.filter(([file]) => !/[.](e2e-|int-)?spec[.]ts$/.test(file))).toEqual([]);
    expect(named.filter(([file, name]) => !textOf(file).includes(name))).toEqual([]);
  });
});
