import { Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { SessionTable } from '../connections/session-table.js';
import { SessionTurns } from '../connections/session-turns.js';
import { SessionPlaces } from '../leasing/session-places.js';
import { CompareSessions } from './compare-sessions.js';

const COMPARE_EVERY_MS = 300_000;
const TICK_MS = 1_000;

/**
 * Every session, once in five minutes: is it still the one in its place, and has it got everything? So a lost signal or a
 * lost push harms for that long at the most.
 */
@Injectable()
export class CompareInTurns implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly turns: SessionTurns;
  private timer: NodeJS.Timeout | null = null;

  constructor(
    sessions: SessionTable,
    private readonly places: SessionPlaces,
    private readonly compare: CompareSessions,
  ) {
    this.turns = new SessionTurns(sessions, COMPARE_EVERY_MS);
  }

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => void this.execute(), TICK_MS);
  }

  onApplicationShutdown(): void {
    if (this.timer) clearInterval(this.timer);
  }

  private async execute(): Promise<void> {
    const due = this.turns.next();
    await this.places.putBack(due);
    for (const session of due) this.compare.request(session);
  }
}
