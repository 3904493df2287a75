import fc from 'fast-check';
import { expect, it } from 'vitest';
import { run, type Attack } from './attack.js';

const SECONDS_ENOUGH = 5_000;

/** Fails for every batch with a number above 99 in it. */
function attack(): Attack {
  let thrown = 0;
  return {
    cases: fc.asyncProperty(fc.array(fc.nat(1_000), { minLength: 1, maxLength: 20 }), async (batch) => {
      thrown += batch.length;
      const found = batch.find((each) => each > 99);
      if (found !== undefined) throw new Error(`${found} is too much`);
    }),
    thrown: () => thrown,
    show: (batch: number[]) => batch.map(String),
    close: () => undefined,
  };
}

it('shows of a case that fails the least that still does, the same for the same seed', async () => {
  const [first, second] = [await run(attack(), 7, SECONDS_ENOUGH), await run(attack(), 7, SECONDS_ENOUGH)];
  expect(first.failure).toMatch(/^100 is too much\n {2}case \d+, made smaller \d+ times:\n {4}100$/);
  expect(second).toEqual(first);
});
