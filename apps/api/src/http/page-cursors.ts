import { createHmac, timingSafeEqual } from 'node:crypto';
import { rejected, type Rejection } from '@parley/contracts';

const MAC_BYTES = 16;
const MAX_LENGTH = 1_024;

/**
 * Cursors of pages: opaque to clients, authenticated, bound to one user and one list. A cursor is base64url of an
 * HMAC-SHA-256 (its first 16 bytes) followed by the place as JSON. Nothing is kept on the server and nothing expires;
 * a cursor of another user or list, an altered one and one under another secret are all `invalid_cursor`.
 */
export class PageCursors {
  /** `secret`: at least 32 random bytes, the same on every instance and over restarts. */
  constructor(private readonly secret: Uint8Array) {
    if (secret.byteLength < 32) throw new RangeError('The secret of page cursors needs at least 32 bytes');
  }

  /**
   * The cursor that leads to `place` (any small JSON value) in the list named `list`. The name must hold what else makes
   * the list this one, for example a conversation's id, and changes when the meaning of its places does.
   */
  seal(userId: string, list: string, place: unknown): string {
    const json = Buffer.from(JSON.stringify(place), 'utf8');
    return Buffer.concat([this.mac(userId, list, json), json]).toString('base64url');
  }

  /** The place that `seal` put into this cursor for the same user and list. */
  open<Place>(userId: string, list: string, cursor: string): { ok: true; place: Place } | Rejection {
    if (cursor.length > MAX_LENGTH) return rejected('invalid_cursor');
    const bytes = Buffer.from(cursor, 'base64url');
    // Buffer skips what is not base64url: only the one spelling that seal gave is taken.
    if (bytes.byteLength <= MAC_BYTES || bytes.toString('base64url') !== cursor) return rejected('invalid_cursor');
    const json = bytes.subarray(MAC_BYTES);
    if (!timingSafeEqual(this.mac(userId, list, json), bytes.subarray(0, MAC_BYTES))) return rejected('invalid_cursor');
    return { ok: true, place: JSON.parse(json.toString('utf8')) as Place };
  }

  private mac(userId: string, list: string, json: Uint8Array): Buffer {
    const bound = JSON.stringify([userId, list]);
    return createHmac('sha256', this.secret)
      .update(`${bound.length}:${bound}`)
      .update(json)
      .digest()
      .subarray(0, MAC_BYTES);
  }
}
