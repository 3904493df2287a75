import { Injectable } from '@nestjs/common';
import { CursorWriter } from '../delivery/cursor-writer.js';
import { SessionPlaces } from '../leasing/session-places.js';
import type { Session } from './session.js';
import { SessionTable } from './session-table.js';

/** Takes a session out of its place and waits for its cursors. Harmless to do twice. */
@Injectable()
export class Departure {
  constructor(
    private readonly sessions: SessionTable,
    private readonly places: SessionPlaces,
    private readonly cursors: CursorWriter,
  ) {}

  async execute(session: Session): Promise<void> {
    this.sessions.remove(session);
    await Promise.all([this.places.leave(session), this.cursors.settle(session.identity.device)]);
  }
}
