import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { fileNamesIn, pathsIn, scriptsIn, sectionOf, typesIn, variablesIn } from './named-things.js';
import { documentsAmong, filesOf, ROOT, textOf } from './repository.js';

const FILES = filesOf();
const DOCUMENTS = documentsAmong(FILES);
const RECORDS = DOCUMENTS.filter((path) => path.startsWith('docs/adr/'));
const PARTS = ['Context', 'Decision', 'Rejected', 'Consequences'];
/** A decision record is read in one go. */
const RECORD_LINES = 60;

const SOURCES = FILES.filter((file) => /^(apps|libs|tools)\/.+[.]ts$/.test(file));
const WORDS = new Set(SOURCES.flatMap((file) => textOf(file).match(/\b[A-Z]\w+\b/g) ?? []));

const isThere = (path: string): boolean => existsSync(join(ROOT, path));
const linked = (document: string): string[] => pathsIn(document, textOf(document));

describe.each(DOCUMENTS)('%s', (document) => {
  const text = textOf(document);

  it('names paths that exist', () => {
    expect(pathsIn(document, text).filter((path) => !isThere(path))).toEqual([]);
  });

  it('names source files that exist', () => {
    const names = new Set(FILES.map((file) => file.split('/').at(-1)));
    expect(fileNamesIn(text).filter((name) => !names.has(name))).toEqual([]);
  });

  it('tells to run scripts that package.json has', () => {
    const { scripts } = JSON.parse(textOf('package.json')) as { scripts: Record<string, string> };
    expect(scriptsIn(text).filter((name) => !Object.hasOwn(scripts, name))).toEqual([]);
  });

  it('names variables that .env.example has', () => {
    const known = new Set(Array.from(textOf('.env.example').matchAll(/^(?:# )?([A-Z_]+)=/gm), ([, name]) => name));
    expect(variablesIn(text).filter((name) => !known.has(name))).toEqual([]);
  });

  it('names classes and types that the sources know', () => {
    const present = RECORDS.includes(document) ? sectionOf(text, 'Decision') : text;
    expect(typesIn(present).filter((name) => !WORDS.has(name))).toEqual([]);
  });
});

describe('ARCHITECTURE.md', () => {
  it('has every app and library in its list of parts', () => {
    const parts = new Set(FILES.flatMap((file) => /^((?:apps|libs)\/[^/]+)\/src\//.exec(file)?.[1] ?? []));
    const listed = sectionOf(textOf('ARCHITECTURE.md'), 'The parts');
    expect([...parts].filter((part) => !listed.includes(`| \`${part}\` `))).toEqual([]);
  });

  it('has every contract suite in its list of ports', () => {
    const suites = FILES.filter((file) => file.endsWith('.contract.ts'));
    expect(linked('ARCHITECTURE.md')).toEqual(expect.arrayContaining(suites));
  });

  it('lists every decision record', () => {
    expect(linked('ARCHITECTURE.md')).toEqual(expect.arrayContaining(RECORDS));
  });
});

describe('The decision records', () => {
  it('are numbered without a gap, in the name and in the title', () => {
    const numbers = RECORDS.map((path) => Number(/^docs\/adr\/(\d{4})-[a-z0-9-]+[.]md$/.exec(path)?.[1]));
    const titles = RECORDS.map((path) => Number(/^# (\d+)[.] \S/.exec(textOf(path))?.[1]));
    const expected = RECORDS.map((_, index) => index + 1);
    expect([numbers, titles]).toEqual([expected, expected]);
  });

  it.each(RECORDS)('%s has the four parts in order, on one page', (path) => {
    const text = textOf(path);
    expect(Array.from(text.matchAll(/^## (.+)$/gm), ([, title]) => title)).toEqual(PARTS);
    for (const part of PARTS) expect(sectionOf(text, part).trim()).not.toBe('');
    expect(text.split('\n').length).toBeLessThanOrEqual(RECORD_LINES);
  });
});
