import { Injectable } from '@nestjs/common';
import type { Availability } from '@parley/contracts';
import type { Session } from '../connections/session.js';
import { SessionPlaces } from '../leasing/session-places.js';

/**
 * `presence:set`: whether the user is there, as far as this session knows. One that says so again and again costs one
 * writing at a time, and the last word stands.
 */
@Injectable()
export class SetPresence {
  private readonly writing = new WeakMap<Session, Promise<void>>();

  constructor(private readonly places: SessionPlaces) {}

  async execute(session: Session, status: Availability): Promise<{ ok: true }> {
    session.availability = status;
    const writing = this.writing.get(session) ?? this.write(session);
    this.writing.set(session, writing);
    await writing;
    return { ok: true };
  }

  private async write(session: Session): Promise<void> {
    // Whoever speaks in the same moment is heard in the same writing.
    await Promise.resolve();
    let written: Availability | null = null;
    while (written !== session.availability && !session.closed) {
      written = session.availability;
      await this.places.restate(session);
    }
    this.writing.delete(session);
  }
}
