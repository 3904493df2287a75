import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const placeOf = (path: string): URL => new URL(`../../${path}`, import.meta.url);
const textOf = (path: string): string => readFileSync(placeOf(path), 'utf8');

describe.each(['gateway', 'router-worker', 'api', 'standalone'])('docker/%s.Dockerfile', (app) => {
  const text = textOf(`docker/${app}.Dockerfile`);
  const copied = Array.from(text.matchAll(/^COPY (?!--from)(.+) \S+$/gm), ([, sources]) => sources.split(' ')).flat();

  it('copies what exists and what .dockerignore lets through', () => {
    const allowed = textOf('.dockerignore').split('\n');
    expect(copied).not.toEqual([]);
    expect(copied.filter((path) => !existsSync(placeOf(path)) || !allowed.includes(`!${path}`))).toEqual([]);
  });

  it('runs the program that it builds, with the flags of npm start', () => {
    const flags = /const NODE_FLAGS = \[(.+)\]/.exec(textOf('tools/start/start.mjs'))?.[1].replaceAll("'", '"');
    expect(text).toContain(`CMD ["node", ${flags}, "dist/apps/${app}/main.js"]`);
    expect(text).toMatch(new RegExp(`^RUN npx nest build ${app} `, 'm'));
    expect(textOf('tools/start/build-state.mjs')).toContain('dist/apps/${app}/main.js');
  });

  it('asks for health at a port that it sets', () => {
    const [, variable] = /^ {2}CMD .+\{process\.env\.(\w+)\}\/health\/ready/m.exec(text) ?? [];
    expect(text).toMatch(new RegExp(`^ENV .*\\b${variable}=\\d+`, 'm'));
  });

  it('runs as an ordinary user', () => {
    expect(text.split('\nFROM ').at(-1)).toMatch(/^USER [1-9]\d*:[1-9]\d*$/m);
  });
});
