import { Injectable } from '@nestjs/common';
import { CursorWriter } from '../delivery/cursor-writer.js';
import { SessionPlaces } from '../leasing/session-places.js';
import { WatchedUsers } from '../presence/watched-users.js';
import { LastSeen } from './last-seen.js';
import type { Session } from './session.js';
import { SessionTable } from './session-table.js';

/** Takes a session out of its place and waits for its cursors; its device was seen until now. Harmless to do twice. */
@Injectable()
export class Departure {
  constructor(
    private readonly sessions: SessionTable,
    private readonly places: SessionPlaces,
    private readonly cursors: CursorWriter,
    private readonly lastSeen: LastSeen,
    private readonly watched: WatchedUsers,
  ) {}

  async execute(session: Session): Promise<void> {
    this.sessions.remove(session);
    this.watched.forget(session);
    this.lastSeen.note(session.identity.device);
    await Promise.all([this.places.leave(session), this.cursors.settle(session.identity.device)]);
  }
}
