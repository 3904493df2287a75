import { Injectable, Logger } from '@nestjs/common';
import { PresenceMarks, type SessionAddress } from '@parley/sessions';
import { Signals } from '@parley/signals';
import { SessionTable } from '../connections/session-table.js';

/** What others are told of a place in the registry. At best: a word that gets lost is made up for. */
@Injectable()
export class PlaceNews {
  private readonly logger = new Logger(PlaceNews.name);

  constructor(
    private readonly sessions: SessionTable,
    private readonly signals: Signals,
    private readonly marks: PresenceMarks,
  ) {}

  /** Somebody has come, gone, or says something else: whoever watches the user looks. Never rejects. */
  async changed({ user_id }: SessionAddress): Promise<void> {
    await this.signals.publish({ type: 'presence', user_id }, `presence:${user_id}`);
  }

  /** Before the session goes, so that nobody ever sees a user without session and without leave. Never rejects. */
  async leaving({ user_id, away }: SessionAddress): Promise<void> {
    try {
      await this.marks.noteLeave(user_id, away ? 'away' : 'online');
    } catch (error) {
      this.logger.debug(`when user ${user_id} left will not be known: ${String(error)}`);
    }
  }

  /** A newer connection of the device has the place: the older session ends, here or on another gateway. */
  async replaced({ gateway, session_id }: SessionAddress): Promise<void> {
    const here = this.sessions.find(session_id);
    if (here) here.end('replaced');
    else await this.signals.publish({ type: 'replaced', gateway, session_id });
  }
}
