import type { ProcessEnd } from '@parley/harness';
import { describe, expect, it } from 'vitest';
import { supervise, type Supervised } from './supervise.js';

/** Dies as often as told, each time after so many milliseconds of a clock that only its lives and the waits move. */
function story(lives: number[], failingStarts: number[] = []) {
  const stopping = new AbortController();
  const said: string[] = [];
  const waits: number[] = [];
  let time = 0;
  let starts = 0;
  const process = {
    name: 'gateway 1',
    pid: 7,
    output: { lines: ['last words'] } as Supervised['output'],
    ended: (): Promise<ProcessEnd> => {
      const life = lives.shift();
      if (life === undefined) stopping.abort();
      time += life ?? 0;
      return Promise.resolve({ code: null, signal: 'SIGKILL', requested: false });
    },
    start: (): Promise<void> =>
      failingStarts.includes(++starts) ? Promise.reject(new Error('not ready')) : Promise.resolve(),
  };
  const wait = (ms: number): Promise<void> => {
    waits.push(ms);
    return Promise.resolve();
  };
  const over = supervise(process, {
    stopping: stopping.signal,
    say: (line) => said.push(line),
    now: () => time,
    wait,
  });
  return { over, said, waits, starts: () => starts };
}

describe('The supervisor of a cluster', () => {
  it('says that a process died, with its last words, and starts it again', async () => {
    const { over, said } = story([1_000]);
    await over;
    expect(said).toEqual([
      'gateway 1 ended with SIGKILL; it is started again in 0.5 s',
      '  last words',
      'gateway 1 is ready again (pid 7)',
    ]);
  });

  it('waits longer for one that dies again and again, but never more than 15 s', async () => {
    const { over, waits } = story(Array.from({ length: 8 }, () => 100));
    await over;
    expect(waits).toEqual([500, 1_000, 2_000, 4_000, 8_000, 15_000, 15_000, 15_000]);
  });

  it('begins anew with one that has run for a minute', async () => {
    const { over, waits } = story([100, 100, 60_000, 100]);
    await over;
    expect(waits).toEqual([500, 1_000, 500, 1_000]);
  });

  it('goes on after a start that fails', async () => {
    const { over, said, starts } = story([100, 0, 100], [1]);
    await over;
    expect(starts()).toBe(3);
    expect(said.filter((line) => line.includes('ready again'))).toHaveLength(2);
  });

  it('takes no end for a death when the cluster stops', async () => {
    const { over, said, starts } = story([]);
    await over;
    expect([said, starts()]).toEqual([[], 0]);
  });
});
