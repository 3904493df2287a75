import { Injectable } from '@nestjs/common';

/** Longer than any handshake takes. */
const KEPT_MS = 60_000;

/**
 * Logins whose revocation was heard of a moment ago. A session that is still being opened then is in no table yet: it asks
 * here once it is.
 */
@Injectable()
export class RevokedLately {
  private readonly families = new Map<string, number>();

  note(family: string): void {
    const now = performance.now();
    this.families.set(family, now);
    for (const [known, since] of this.families) {
      if (now - since < KEPT_MS) break;
      this.families.delete(known);
    }
  }

  has(family: string): boolean {
    return this.families.has(family);
  }
}
