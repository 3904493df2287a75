import { beforeEach, describe, expect, it } from 'vitest';
import type { ConversationDirectory } from '../conversation-directory.js';
import type { MuteDirectory } from '../mute-directory.js';
import type { UserDirectory } from '../user-directory.js';
import { group, NOW } from './changes.js';
import { register } from './people.js';

export interface MutesUnderTest {
  mutes: MuteDirectory;
  directory: ConversationDirectory;
  users: UserDirectory;
}

/** What every mute directory does. `open` gives an empty one with the directory of conversations. */
export function muteDirectoryContract(name: string, open: () => Promise<MutesUnderTest>): void {
  describe(`${name} as a mute directory`, () => {
    let mutes: MuteDirectory;
    let alice: string;
    let bob: string;
    let one: string;
    let other: string;

    beforeEach(async () => {
      const store = await open();
      mutes = store.mutes;
      [alice, bob] = (await register(store.users, 2)) as [string, string];
      [one, other] = [await group(store.directory, alice, [bob]), await group(store.directory, alice, [bob])];
    });

    it('tells what a user muted and until when, and nothing of anybody else', async () => {
      await mutes.mute(alice, one, { until: NOW });
      await mutes.mute(alice, other, { until: null });
      expect(await mutes.mutesOf(alice, [one, other, '17', '9999999999999999999'])).toEqual(
        new Map([
          [one, { until: NOW }],
          [other, { until: null }],
        ]),
      );
      expect(await mutes.mutesOf(alice, [one])).toEqual(new Map([[one, { until: NOW }]]));
      expect(await mutes.mutesOf(bob, [one, other])).toEqual(new Map());
      expect(await mutes.mutesOf(alice, [])).toEqual(new Map());
    });

    it('keeps the last word, also of several at once', async () => {
      await mutes.mute(alice, one, { until: NOW });
      await mutes.mute(alice, one, { until: null });
      expect(await mutes.mutesOf(alice, [one])).toEqual(new Map([[one, { until: null }]]));
      await Promise.all(Array.from({ length: 10 }, () => mutes.mute(alice, other, { until: NOW })));
      expect(await mutes.mutesOf(alice, [other])).toEqual(new Map([[other, { until: NOW }]]));
      await mutes.unmute(alice, one);
      await mutes.unmute(alice, one);
      expect(await mutes.mutesOf(alice, [one, other])).toEqual(new Map([[other, { until: NOW }]]));
    });
  });
}
