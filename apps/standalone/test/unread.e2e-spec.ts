import { randomInt } from 'node:crypto';
import fc from 'fast-check';
import { it } from 'vitest';
import { serverUnderTest } from './server-under-test.js';
import { devicesOf, Reader } from './unread/reader.js';
import { steps } from './unread/steps.js';

/** Chooses the steps; when they meet is the machine's affair. */
const SEED = randomInt(2 ** 31);
/** Conversations that are begun within this time are played to their end. */
const PLAY_MS = 8_000;
const MOST_CONVERSATIONS = 8;

const server = serverUnderTest();

it(`unread is the same everywhere, whatever is sent, read, changed, left and joined on three devices (seed ${SEED})`, async () => {
  const [reader, writer] = await server.users('reader', 'writer');
  const devices = devicesOf(reader);
  const until = performance.now() + PLAY_MS;
  const play = fc.asyncProperty(steps, async (script) => {
    if (performance.now() > until) return;
    const conversation = await Reader.start(reader, writer, devices);
    for (const step of script) await conversation.take(step);
    await conversation.finish();
  });
  // Not made smaller: what happens between processes need not happen again.
  await fc.assert(play, { seed: SEED, numRuns: MOST_CONVERSATIONS, endOnFailure: true });
});
