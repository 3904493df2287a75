import { Injectable } from '@nestjs/common';
import type { Identity } from './session.js';

/** Longer than any handshake takes. */
const KEPT_MS = 60_000;

/**
 * Logins and lives of devices (families and generations) whose end was heard of a moment ago. A session that is still being
 * opened then is in no table yet: it asks here once it is.
 */
@Injectable()
export class EndedLately {
  private readonly ended = new Map<string, number>();

  note(familyOrGeneration: string): void {
    const now = performance.now();
    // To the end, so that what is first is the oldest, however often others are named again.
    this.ended.delete(familyOrGeneration);
    this.ended.set(familyOrGeneration, now);
    for (const [known, since] of this.ended) {
      if (now - since < KEPT_MS) break;
      this.ended.delete(known);
    }
  }

  has(familyOrGeneration: string): boolean {
    return this.ended.has(familyOrGeneration);
  }

  /** Whether a session with this identity has no right to be there. */
  concerns({ family, device }: Identity): boolean {
    return this.has(family) || this.has(device.generation);
  }
}
