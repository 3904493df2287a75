import { beforeEach, describe, expect, it } from 'vitest';
import type { UserDirectory } from '../user-directory.js';
import { somebody, tally } from './people.js';

/** An id that is well formed and larger than any snowflake. */
const BEYOND_SNOWFLAKES = '9999999999999999999';

/** What every user directory does. `open` gives an empty one. */
export function userDirectoryContract(name: string, open: () => Promise<UserDirectory>): void {
  describe(`${name} as a user directory`, () => {
    let users: UserDirectory;

    beforeEach(async () => {
      users = await open();
    });

    it('finds a new user by id and by handle, as it was given', async () => {
      const alice = somebody({ display_name: 'Alice 🐇', avatar_url: 'https://example.org/a.png' });
      expect(await users.create(alice, 'hash')).toEqual(alice);
      expect(await users.findById(alice.user_id)).toEqual(alice);
      expect(await users.findByHandle(alice.handle)).toEqual(alice);
    });

    it('gives the password hash with the credentials and nowhere else', async () => {
      const alice = somebody();
      await users.create(alice, 'a-hash');
      expect(await users.findCredentials(alice.handle)).toEqual({ user: alice, passwordHash: 'a-hash' });
      expect(
        JSON.stringify([await users.findById(alice.user_id), await users.findByHandle(alice.handle)]),
      ).not.toContain('a-hash');
    });

    it('refuses a handle that is in use and leaves its owner alone', async () => {
      const first = somebody();
      await users.create(first, 'first');
      expect(await users.create(somebody({ handle: first.handle }), 'second')).toBe('handle_taken');
      expect(await users.findCredentials(first.handle)).toEqual({ user: first, passwordHash: 'first' });
    });

    it('gives a handle to exactly one of many who ask at once', async () => {
      const rivals = Array.from({ length: 20 }, () => somebody({ handle: 'sought_after' }));
      const answers = await Promise.all(rivals.map((user) => users.create(user, user.user_id)));
      expect(tally(answers.map((answer) => (answer === 'handle_taken' ? answer : 'created')))).toEqual({
        created: 1,
        handle_taken: 19,
      });
      const winner = await users.findByHandle('sought_after');
      expect(answers).toContainEqual(winner);
    });

    it('rejects an id that is given twice', async () => {
      const alice = somebody();
      await users.create(alice, 'hash');
      await expect(users.create(somebody({ user_id: alice.user_id }), 'hash')).rejects.toThrow();
    });

    it('finds several users at once and leaves unknown ids out', async () => {
      const [alice, bob] = [somebody(), somebody()];
      await users.create(alice, 'hash');
      await users.create(bob, 'hash');
      const found = await users.findByIds([alice.user_id, '17', bob.user_id, alice.user_id, BEYOND_SNOWFLAKES]);
      expect(found).toEqual(
        new Map([
          [alice.user_id, alice],
          [bob.user_id, bob],
        ]),
      );
      expect(await users.findByIds([])).toEqual(new Map());
    });

    it('answers null for ids and handles that nobody has', async () => {
      expect(await users.findById('17')).toBeNull();
      expect(await users.findById(BEYOND_SNOWFLAKES)).toBeNull();
      expect(await users.findByHandle('nobody')).toBeNull();
      expect(await users.findCredentials('nobody')).toBeNull();
      expect(await users.update('17', { display_name: 'Nobody' })).toBeNull();
      expect(await users.update(BEYOND_SNOWFLAKES, { display_name: 'Nobody' })).toBeNull();
    });

    it('changes what is given, clears what is null, and keeps the rest', async () => {
      const alice = somebody({ display_name: 'Alice', avatar_url: 'https://example.org/a.png' });
      await users.create(alice, 'hash');
      expect(await users.update(alice.user_id, { display_name: 'Alicia' })).toEqual({
        ...alice,
        display_name: 'Alicia',
      });
      expect(await users.update(alice.user_id, { avatar_url: null, display_name: undefined })).toEqual({
        ...alice,
        display_name: 'Alicia',
        avatar_url: null,
      });
      expect(await users.update(alice.user_id, {})).toEqual(await users.findById(alice.user_id));
    });
  });
}
