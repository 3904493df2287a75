import { randomInt } from 'node:crypto';
import { acceptedSends, check, Random } from '@parley/harness';
import { expect, it } from 'vitest';
import { serverUnderTest } from './server-under-test.js';
import { Ledger } from './walking/ledger.js';
import { gather } from './walking/party.js';
import { picturesOf, settle } from './walking/settling.js';
import { Walk } from './walking/walk.js';

/** Chooses the steps; when they meet is the machine's affair. */
const SEED = randomInt(2 ** 31);
const WALK_MS = 15_000;
/** Of each of them, and accepted submissions of all: less than that proves nothing. */
const LEAST_STEPS = 15;
const LEAST_ACCEPTED = 30;

const server = serverUnderTest();

it(`five people do whatever they like, and all devices end with the picture of the history (seed ${SEED})`, async () => {
  const party = await gather(server);
  const ledger = new Ledger();
  const messages = new Map<string, string[]>();
  const walks = party.people.map((user, index) => new Walk(party, user, new Random(SEED + index), ledger, messages));
  const until = performance.now() + WALK_MS;
  const steps = await Promise.all(walks.map((walk) => walk.run(() => performance.now() < until)));

  const { histories, observations } = await settle(party, walks, ledger);
  expect(Math.min(...steps)).toBeGreaterThan(LEAST_STEPS);
  expect(acceptedSends(observations)).toBeGreaterThan(LEAST_ACCEPTED);
  expect(walks.flatMap(({ surprises }) => surprises)).toEqual([]);
  expect(check(observations)).toEqual([]);
  for (const walker of party.walkers) {
    const isInDirect = party.people.indexOf(walker.user) < 2;
    for (const id of isInDirect ? [party.direct, party.steady] : [party.steady]) {
      const [shown, stored] = picturesOf(walker, id, histories.get(id) ?? []);
      expect([walker.name, shown]).toEqual([walker.name, stored]);
    }
  }
});
