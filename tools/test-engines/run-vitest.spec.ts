import { describe, expect, it } from 'vitest';
import { runNode, vitestCommand } from './run-vitest.js';

describe('npm run test:engines', () => {
  it('runs every project that needs engines', () => {
    expect(vitestCommand(['--reporter=json']).slice(1)).toEqual([
      'run',
      '--project=engines',
      '--project=cluster',
      '--project=faults',
      '--reporter=json',
    ]);
  });

  it.each([[['--project', 'engines']], [['--project=cluster', 'chatting']]])('runs what is asked for: %j', (args) => {
    expect(vitestCommand(args).slice(1)).toEqual(['run', ...args]);
  });

  it('ends with the exit code of the run, which knows the engines', async () => {
    const { signal } = new AbortController();
    const command = ['-e', 'process.exit(Number(process.env.REDIS_URL))'];
    expect(await runNode(command, { REDIS_URL: '0' }, signal)).toBe(0);
    expect(await runNode(command, { REDIS_URL: '3' }, signal)).toBe(3);
  });

  it('ends the run where it is stopped, and fails', async () => {
    const stopping = new AbortController();
    const run = runNode(['-e', 'setInterval(() => undefined, 1000)'], {}, stopping.signal);
    stopping.abort();
    expect(await run).toBe(1);
    expect(await runNode(['-e', ''], {}, stopping.signal)).toBe(1);
  });
});
