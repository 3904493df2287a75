import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { serverUnderTest } from './server-under-test.js';

/** Longer than every beat, poll, probe and sweep that a process does more than a few times a minute. */
const IDLE_MS = 6_000;

const server = serverUnderTest();

it('A healthy server with nothing to do logs nothing', async () => {
  const told = () => server.running.processes.flatMap(({ name, output }) => output.lines.map((line) => [name, line]));
  // Whoever was connected a moment ago has gone by the second look.
  await expect.poll(async () => [told().length, await sleep(500)][0] === told().length, { timeout: 10_000 }).toBe(true);
  const before = told().length;
  await sleep(IDLE_MS);
  expect(told().slice(before)).toEqual([]);
});
