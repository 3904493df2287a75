import { beforeEach, describe, expect, it } from 'vitest';
import type { TokenFamilies } from '../token-families.js';
import type { UserDirectory } from '../user-directory.js';
import { register, tally } from './people.js';

export interface TokenFamiliesUnderTest {
  families: TokenFamilies;
  users: UserDirectory;
}

const NOW = Date.UTC(2026, 0, 1);
const LATER = NOW + 30 * 24 * 3_600_000;

/** What all token families do. `open` gives a store without any. */
export function tokenFamiliesContract(name: string, open: () => Promise<TokenFamiliesUnderTest>): void {
  describe(`${name} as token families`, () => {
    let families: TokenFamilies;
    let userId: string;

    beforeEach(async () => {
      const store = await open();
      families = store.families;
      userId = (await register(store.users, 1))[0]!;
      await families.start({ family: 'login-1', userId, tokenDigest: 'first', expiresAt: LATER });
    });

    const rotate = (tokenDigest: string, nextDigest: string, now = NOW) =>
      families.rotate({ tokenDigest, nextDigest, expiresAt: LATER, now });

    it('exchanges a live token for the next one, and that for another', async () => {
      expect(await rotate('first', 'second')).toEqual({ outcome: 'rotated', userId, family: 'login-1' });
      expect(await rotate('second', 'third')).toEqual({ outcome: 'rotated', userId, family: 'login-1' });
      expect(await families.isRevoked('login-1')).toBe(false);
    });

    it('revokes the whole family when a token is used a second time', async () => {
      await rotate('first', 'second');
      expect(await rotate('first', 'stolen')).toEqual({ outcome: 'reused', family: 'login-1' });
      expect(await families.isRevoked('login-1')).toBe(true);
      expect(await rotate('second', 'third')).toEqual({ outcome: 'unknown' });
      expect(await rotate('stolen', 'fourth')).toEqual({ outcome: 'unknown' });
      expect(await rotate('first', 'fifth')).toEqual({ outcome: 'reused', family: 'login-1' });
    });

    it('rotates exactly one of many simultaneous uses of a token and takes the others for a second use', async () => {
      const uses = await Promise.all(Array.from({ length: 10 }, (_, index) => rotate('first', `next-${index}`)));
      expect(tally(uses.map((use) => use.outcome))).toEqual({ rotated: 1, reused: 9 });
      expect(await families.isRevoked('login-1')).toBe(true);
    });

    it('lets a theft and the rightful refresh race without leaving the family alive', async () => {
      await rotate('first', 'second');
      const [theft] = await Promise.all([rotate('first', 'stolen'), rotate('second', 'third')]);
      expect(theft).toEqual({ outcome: 'reused', family: 'login-1' });
      expect(await families.isRevoked('login-1')).toBe(true);
      expect(await rotate('third', 'fourth')).toEqual({ outcome: 'unknown' });
    });

    it('takes a token until the moment of its expiry', async () => {
      expect(await rotate('first', 'second', LATER)).toEqual({ outcome: 'unknown' });
      expect(await rotate('first', 'second', LATER - 1)).toMatchObject({ outcome: 'rotated' });
    });

    it('notices a second use after the expiry as well', async () => {
      await rotate('first', 'second');
      expect(await rotate('first', 'third', LATER + 1)).toEqual({ outcome: 'reused', family: 'login-1' });
    });

    it('does not know a token that never was', async () => {
      expect(await rotate('never', 'next')).toEqual({ outcome: 'unknown' });
      expect(await families.revokeByToken('never')).toBeNull();
    });

    it('revokes a family by any of its tokens, as often as it is asked to', async () => {
      await rotate('first', 'second');
      expect(await families.revokeByToken('first')).toBe('login-1');
      expect(await families.revokeByToken('second')).toBe('login-1');
      expect(await families.isRevoked('login-1')).toBe(true);
      expect(await rotate('second', 'third')).toEqual({ outcome: 'unknown' });
    });

    it('keeps the logins of a user apart', async () => {
      await families.start({ family: 'login-2', userId, tokenDigest: 'other', expiresAt: LATER });
      await families.revokeByToken('first');
      expect(await families.isRevoked('login-2')).toBe(false);
      expect(await rotate('other', 'next')).toEqual({ outcome: 'rotated', userId, family: 'login-2' });
    });

    it('takes an unknown family for a revoked one', async () => {
      expect(await families.isRevoked('login-1')).toBe(false);
      expect(await families.isRevoked('login-17')).toBe(true);
    });

    it('picks the revoked and the unknown ones out of many families', async () => {
      await families.start({ family: 'login-2', userId, tokenDigest: 'other', expiresAt: LATER });
      await families.revokeByToken('other');
      const asked = ['login-1', 'login-2', 'login-17', 'login-1'];
      expect(await families.revokedAmong(asked)).toEqual(new Set(['login-2', 'login-17']));
      expect(await families.revokedAmong([])).toEqual(new Set());
    });
  });
}
