import { describe, expect, it } from 'vitest';
import { PageCursors } from './page-cursors.js';

const cursors = new PageCursors(Buffer.alloc(32, 7));
const invalid = expect.objectContaining({ ok: false, code: 'invalid_cursor' });

describe('PageCursors', () => {
  it('leads back to the place it was made for', () => {
    const place = { at: 1_700_000_000_000, id: '42', title: 'Ünï 🎈' };
    const cursor = cursors.seal('1', 'inbox', place);
    expect(cursor).toMatch(/^[A-Za-z0-9_-]+$/);
    expect(cursors.open('1', 'inbox', cursor)).toEqual({ ok: true, place });
  });

  it('is refused for another user, another list and under another secret', () => {
    const cursor = cursors.seal('1', 'members:2', [5]);
    expect(cursors.open('11', 'members:2', cursor)).toEqual(invalid);
    expect(cursors.open('1', 'members:22', cursor)).toEqual(invalid);
    expect(new PageCursors(Buffer.alloc(32, 8)).open('1', 'members:2', cursor)).toEqual(invalid);
  });

  it('is refused when any of its characters is changed, added or missing', () => {
    const cursor = cursors.seal('1', 'inbox', { seq: 12 });
    for (let i = 0; i < cursor.length; i++) {
      const other = cursor[i] === 'A' ? 'B' : 'A';
      expect(cursors.open('1', 'inbox', cursor.slice(0, i) + other + cursor.slice(i + 1))).toEqual(invalid);
      expect(cursors.open('1', 'inbox', cursor.slice(0, i))).toEqual(invalid);
    }
    for (const altered of [`${cursor}=`, `${cursor}A`, ` ${cursor}`, `${cursor}\n`, '', 'x'.repeat(5_000), 'null']) {
      expect(cursors.open('1', 'inbox', altered)).toEqual(invalid);
    }
  });

  it('needs a secret that cannot be guessed', () => {
    expect(() => new PageCursors(Buffer.from('secret'))).toThrow(RangeError);
  });
});
