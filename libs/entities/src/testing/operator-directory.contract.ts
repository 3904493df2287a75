import { beforeEach, describe, expect, it } from 'vitest';
import type { DeviceDirectory } from '../device-directory.js';
import type { OperatorDirectory } from '../operator-directory.js';
import type { TokenFamilies } from '../token-families.js';
import type { UserDirectory } from '../user-directory.js';
import { register, tally } from './people.js';

export interface OperatorDirectoryUnderTest {
  operators: OperatorDirectory;
  users: UserDirectory;
  families: TokenFamilies;
  devices: DeviceDirectory;
}

const NOW = Date.UTC(2026, 0, 1);
const LATER = NOW + 30 * 24 * 3_600_000;

/** What every directory of operators does. `open` gives one without accounts. */
export function operatorDirectoryContract(name: string, open: () => Promise<OperatorDirectoryUnderTest>): void {
  describe(`${name} as a directory of operators`, () => {
    let under: OperatorDirectoryUnderTest;
    let operators: OperatorDirectory;
    let root: string;
    let alice: string;

    beforeEach(async () => {
      under = await open();
      ({ operators } = under);
      [root, alice] = await register(under.users, 2);
      await operators.appoint(root, NOW);
    });

    const start = (family: string, userId = alice) =>
      under.families.start({ family, userId, tokenDigest: `${family}-0`, expiresAt: LATER });
    const refresh = (family: string, from: number) =>
      under.families.rotate({
        tokenDigest: `${family}-${from}`,
        nextDigest: `${family}-${from + 1}`,
        expiresAt: LATER,
        now: NOW,
      });

    it('appoints and dismisses operators, as often as it is asked to', async () => {
      expect(await operators.isOperator(alice)).toBe(false);
      expect([await operators.appoint(alice, NOW), await operators.appoint(alice, NOW)]).toEqual(['done', 'done']);
      expect(await operators.isOperator(alice)).toBe(true);
      expect((await operators.operators()).map(({ user_id }) => user_id).sort()).toEqual([root, alice].sort());
      expect([await operators.dismiss(alice), await operators.dismiss(alice)]).toEqual(['done', 'done']);
      expect(await operators.isOperator(alice)).toBe(false);
    });

    it('does not know accounts that never were', async () => {
      for (const id of ['17', '9999999999999999999']) {
        expect(await operators.isOperator(id)).toBe(false);
        expect(await operators.account(id)).toBeNull();
        const changes = [operators.appoint(id, NOW), operators.dismiss(id), operators.enable(id)];
        expect(await Promise.all(changes)).toEqual(['not_found', 'not_found', 'not_found']);
        expect(await operators.disable(id, NOW)).toBe('not_found');
      }
    });

    it('shows an account with its logins and devices, and nothing that lets anybody in', async () => {
      await start('login-1');
      await refresh('login-1', 0);
      const connect = { userId: alice, deviceId: 'phone', now: NOW, limit: 10, expiryMs: 1_000 };
      await under.devices.connect(connect);
      expect(await operators.account(alice)).toEqual({
        user: await under.users.findById(alice),
        is_operator: false,
        disabled_at: null,
        logins: [{ family: 'login-1', revoked_at: null, expires_at: LATER }],
        devices: [{ device_id: 'phone', created_at: NOW, last_seen_at: NOW }],
      });
    });

    it('revokes every login of an account that it disables, and starts none until it is enabled', async () => {
      await start('login-1');
      await start('login-2');
      const disabled = await operators.disable(alice, NOW);
      expect(disabled).toEqual({ families: expect.arrayContaining(['login-1', 'login-2']) });
      expect(await operators.account(alice)).toMatchObject({ disabled_at: NOW, logins: [{ revoked_at: NOW }, {}] });
      expect(await refresh('login-1', 0)).toEqual({ outcome: 'unknown' });
      expect(await start('login-3')).toBe(false);
      expect(await under.families.isRevoked('login-3')).toBe(true);
      expect(await operators.disable(alice, NOW + 5)).toEqual({ families: [] });
      expect(await operators.account(alice)).toMatchObject({ disabled_at: NOW });

      expect([await operators.enable(alice), await operators.enable(alice)]).toEqual(['done', 'done']);
      expect(await start('login-4')).toBe(true);
      expect(await under.families.revokedAmong(['login-1', 'login-2', 'login-4'])).toEqual(
        new Set(['login-1', 'login-2']),
      );
    });

    it('leaves no login alive that begins or is refreshed at the moment of disabling', async () => {
      for (let round = 0; round < 10; round++) {
        await operators.enable(alice);
        const known = `known-${round}`;
        await start(known);
        const beginning = Array.from({ length: 4 }, (_, i) => `new-${round}-${i}`);
        const [disabled, refreshed] = await Promise.all([
          operators.disable(alice, NOW),
          refresh(known, 0),
          ...beginning.map((family) => start(family)),
        ]);
        expect(disabled).toMatchObject({ families: expect.arrayContaining([known]) });
        expect(['rotated', 'unknown']).toContain(refreshed.outcome);
        expect(await under.families.revokedAmong([known, ...beginning])).toEqual(new Set([known, ...beginning]));
        expect(await refresh(known, 1)).toEqual({ outcome: 'unknown' });
      }
    });

    it('takes nobody for an operator who is disabled', async () => {
      await operators.appoint(alice, NOW);
      await operators.disable(alice, NOW);
      expect(await operators.isOperator(alice)).toBe(false);
      await operators.enable(alice);
      expect(await operators.isOperator(alice)).toBe(true);
    });

    it('keeps the last operator who can act', async () => {
      expect(await operators.dismiss(root)).toBe('last_operator');
      expect(await operators.disable(root, NOW)).toBe('last_operator');
      await operators.appoint(alice, NOW);
      await operators.disable(alice, NOW);
      expect(await operators.dismiss(root)).toBe('last_operator');
      expect(await operators.dismiss(alice)).toBe('done');
    });

    it('keeps one of two operators who take each other away at the same moment', async () => {
      for (let round = 0; round < 5; round++) {
        await operators.enable(alice);
        await Promise.all([operators.appoint(alice, NOW), operators.appoint(root, NOW)]);
        const [dismissed, disabled] = await Promise.all([operators.dismiss(root), operators.disable(alice, NOW)]);
        const outcomes = [dismissed, typeof disabled === 'string' ? disabled : 'done'];
        expect(tally(outcomes)).toEqual({ done: 1, last_operator: 1 });
      }
    });
  });
}
