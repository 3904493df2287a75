import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { PresenceMarks } from '../presence-marks.js';

/** What all presence marks do. `open` gives empty ones. */
export function presenceMarksContract(name: string, open: () => Promise<PresenceMarks>): void {
  describe(`${name} as presence marks`, () => {
    let marks: PresenceMarks;

    beforeEach(async () => {
      marks = await open();
    });

    const leaveOf = async (userId: string) => {
      const leave = (await marks.leavesOf([userId])).get(userId);
      if (!leave) throw new Error(`nothing is known of ${userId}`);
      return leave;
    };

    it('tell when a session ended, and for how long that is over', async () => {
      const before = Date.now();
      await marks.noteLeave('1', 'online');
      const first = await leaveOf('1');
      expect(first.at).toBeGreaterThan(before - 1_000);
      expect(first.at).toBeLessThan(Date.now() + 1_000);
      expect(first.sinceMs).toBeGreaterThanOrEqual(0);
      await vi.waitFor(async () => expect((await leaveOf('1')).sinceMs).toBeGreaterThanOrEqual(first.sinceMs + 20));
      expect((await leaveOf('1')).sinceMs).toBeLessThan(5_000);
    });

    it('tell apart who left while away', async () => {
      await marks.noteLeave('1', 'away');
      expect(await leaveOf('1')).toMatchObject({ sinceOnlineMs: null });
      await marks.noteLeave('2', 'online');
      await vi.waitFor(async () => expect((await leaveOf('2')).sinceMs).toBeGreaterThanOrEqual(20));
      await marks.noteLeave('2', 'away');
      const { sinceMs, sinceOnlineMs } = await leaveOf('2');
      expect(sinceOnlineMs).toBeGreaterThanOrEqual(sinceMs + 20);
    });

    it('count the latest leave', async () => {
      await marks.noteLeave('1', 'online');
      await vi.waitFor(async () => expect((await leaveOf('1')).sinceOnlineMs).toBeGreaterThanOrEqual(50));
      await marks.noteLeave('1', 'online');
      const { sinceMs, sinceOnlineMs } = await leaveOf('1');
      expect(sinceMs).toBeLessThan(50);
      expect(sinceOnlineMs).toBe(sinceMs);
    });

    it('know nothing of users who never left', async () => {
      await marks.noteLeave('1', 'online');
      expect([...(await marks.leavesOf(['1', '2', '3'])).keys()]).toEqual(['1']);
      expect(await marks.leavesOf([])).toEqual(new Map());
    });
  });
}
