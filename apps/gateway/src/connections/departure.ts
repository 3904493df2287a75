import { Injectable, Logger } from '@nestjs/common';
import { SessionRegistry } from '@parley/sessions';
import { CursorWriter } from '../delivery/cursor-writer.js';
import type { Session } from './session.js';
import { SessionTable } from './session-table.js';

/** Takes a session out of its place; a newer one of the same device stays. Harmless to do twice. */
@Injectable()
export class Departure {
  private readonly logger = new Logger(Departure.name);

  constructor(
    private readonly sessions: SessionTable,
    private readonly registry: SessionRegistry,
    private readonly cursors: CursorWriter,
  ) {}

  async execute(session: Session): Promise<void> {
    this.sessions.remove(session);
    try {
      await Promise.all([this.registry.remove(session.address), this.cursors.settle(session.identity.device)]);
    } catch (error) {
      this.logger.warn(`session ${session.id} was not taken out of the registry: ${String(error)}`);
    }
  }
}
