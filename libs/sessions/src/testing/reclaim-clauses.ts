import { beforeEach, describe, expect, it } from 'vitest';
import type { GatewayLeases } from '../gateway-leases.js';
import type { SessionAddress, SessionRegistry } from '../session-registry.js';
import { leaseOf, session } from './sessions.js';

/** The part of the registry's contract that is about the time after a lapse. */
export function reclaimClauses(
  name: string,
  open: () => Promise<{ registry: SessionRegistry; leases: GatewayLeases }>,
): void {
  describe(`${name} after a lapse`, () => {
    let registry: SessionRegistry;
    let leases: GatewayLeases;

    beforeEach(async () => {
      ({ registry, leases } = await open());
      await leases.take(leaseOf('gateway-a'));
      await leases.take(leaseOf('gateway-b'));
    });

    /** The gateway comes back under a new incarnation, and these sessions with it. */
    async function comeBack(gateway: string, sessions: readonly SessionAddress[]): Promise<SessionAddress[]> {
      await leases.take(leaseOf(gateway, 'second'));
      return sessions.map((one) => ({ ...one, incarnation: 'second' }));
    }

    it('puts sessions back in places that are empty', async () => {
      const [phone, laptop] = [session('1', 'phone'), session('2', 'laptop')];
      expect(await registry.reclaim([phone, laptop])).toEqual({ lost: [], replaced: [] });
      const found = await registry.sessionsOf(['1', '2']);
      expect(found).toEqual(new Map([['1', [phone]], ['2', [laptop]]])); // prettier-ignore
    });

    it('puts sessions back under the incarnation that they name now', async () => {
      const phone = session('1', 'phone');
      await registry.register(phone);
      const again = await comeBack('gateway-a', [phone]);
      expect(await registry.reclaim(again)).toEqual({ lost: [], replaced: [] });
      expect(await registry.sessionsOf(['1'])).toEqual(new Map([['1', again]]));
    });

    it('leaves a place to the live session that connected later, and says so', async () => {
      const [mine, taken] = [session('1', 'phone'), session('1', 'laptop')];
      const later = session('1', 'laptop', { gateway: 'gateway-b' });
      for (const one of [mine, taken, later]) await registry.register(one);
      const [mineAgain, takenAgain] = await comeBack('gateway-a', [mine, taken]);
      expect(await registry.reclaim([mineAgain, takenAgain])).toEqual({ lost: [takenAgain], replaced: [] });
      const found = (await registry.sessionsOf(['1'])).get('1');
      expect(found).toHaveLength(2);
      expect(found).toEqual(expect.arrayContaining([mineAgain, later]));
    });

    it('takes a place from the live session that connected earlier, and names it', async () => {
      const earlier = session('1', 'phone', { gateway: 'gateway-b' });
      const mine = session('1', 'phone');
      await registry.register(mine);
      await registry.register(earlier);
      const [again] = await comeBack('gateway-a', [mine]);
      expect(await registry.reclaim([again])).toEqual({ lost: [], replaced: [earlier] });
      expect(await registry.sessionsOf(['1'])).toEqual(new Map([['1', [again]]]));
    });

    it('takes a place from a later session that no longer counts', async () => {
      const mine = session('1', 'phone');
      await registry.register(session('1', 'phone', { gateway: 'gateway-b' }));
      await leases.release(leaseOf('gateway-b'));
      expect(await registry.reclaim([mine])).toEqual({ lost: [], replaced: [] });
      expect(await registry.sessionsOf(['1'])).toEqual(new Map([['1', [mine]]]));
    });

    it.each([
      ['the older first', (sessions: SessionAddress[]) => sessions],
      ['the newer first', (sessions: SessionAddress[]) => sessions.toReversed()],
      ['both at once', (sessions: SessionAddress[]) => sessions],
    ])('gives a place that two gateways reclaim to the session that connected last: %s', async (order, turn) => {
      const older = session('1', 'phone');
      const newer = session('1', 'phone', { gateway: 'gateway-b' });
      const claims = turn([older, newer]);
      const answers = [];
      if (order === 'both at once') answers.push(...(await Promise.all(claims.map((one) => registry.reclaim([one])))));
      else for (const one of claims) answers.push(await registry.reclaim([one]));
      expect(answers.flatMap(({ lost, replaced }) => [...lost, ...replaced])).toEqual([older]);
      expect(await registry.sessionsOf(['1'])).toEqual(new Map([['1', [newer]]]));
    });

    it('ends one of two sessions that connected at the same time, never both', async () => {
      const connected_at = Date.UTC(2026, 0, 1);
      const one = session('1', 'phone', { connected_at });
      const other = session('1', 'phone', { connected_at, gateway: 'gateway-b' });
      const answers = [];
      for (const claim of [one, other, one]) answers.push(await registry.reclaim([claim]));
      const ended = new Set(answers.flatMap(({ lost, replaced }) => [...lost, ...replaced]).map((it) => it.session_id));
      expect(ended).toEqual(new Set([one.session_id]));
    });

    it('lets the session that connected last stand of many simultaneous claims, and names every other once', async () => {
      const sessions = Array.from({ length: 20 }, () => session('1', 'phone'));
      // Neither the first nor the last of them connected last.
      const claims = [...sessions.slice(7), ...sessions.slice(0, 7)];
      const answers = await Promise.all(claims.map((one) => registry.reclaim([one])));
      const ended = answers.flatMap(({ lost, replaced }) => [...lost, ...replaced]).map((one) => one.session_id);
      expect(ended.sort()).toEqual(sessions.slice(0, -1).map((one) => one.session_id));
      expect(await registry.sessionsOf(['1'])).toEqual(new Map([['1', sessions.slice(-1)]]));
    });

    it('reclaims thousands of sessions in one go', async () => {
      const sessions = Array.from({ length: 3_000 }, (_, user) => session(String(user), 'phone'));
      expect(await registry.reclaim(sessions)).toEqual({ lost: [], replaced: [] });
      expect((await registry.sessionsOf(sessions.map((one) => one.user_id))).size).toBe(3_000);
    });

    it('has nothing to do for no sessions', async () => {
      expect(await registry.reclaim([])).toEqual({ lost: [], replaced: [] });
    });
  });
}
