import { describe, expect, it } from 'vitest';
import { presenceMarksContract } from '../testing/presence-marks.contract.js';
import { InMemoryPresenceMarks } from './in-memory-presence-marks.js';

presenceMarksContract('InMemoryPresenceMarks', async () => new InMemoryPresenceMarks());

describe('InMemoryPresenceMarks', () => {
  it('holds a bounded number of users, and lets those go that left longest ago', async () => {
    const marks = new InMemoryPresenceMarks(() => 0, 2);
    for (const userId of ['1', '2', '1', '3']) await marks.noteLeave(userId, 'online');
    expect([...(await marks.leavesOf(['1', '2', '3'])).keys()]).toEqual(['1', '3']);
  });
});
