import { Injectable, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { catchUpCount, sessionCount } from '@parley/operability';
import { SessionTable } from './session-table.js';

/** What the metrics tell of this gateway's sessions; counted when somebody asks. */
@Injectable()
export class MeasureSessions implements OnModuleInit, OnApplicationShutdown {
  private stops: (() => void)[] = [];

  constructor(private readonly sessions: SessionTable) {}

  onModuleInit(): void {
    this.stops = [sessionCount.readFrom(() => this.sessions.size), catchUpCount.readFrom(() => this.countCatchingUp())];
  }

  onApplicationShutdown(): void {
    for (const stop of this.stops.splice(0)) stop();
  }

  private countCatchingUp(): number {
    let count = 0;
    for (const { outbound } of this.sessions.all()) if (outbound.isSyncing || outbound.behind.size > 0) count += 1;
    return count;
  }
}
