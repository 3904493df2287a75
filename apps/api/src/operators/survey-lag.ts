import { Injectable } from '@nestjs/common';
import type { LagView } from '@parley/contracts';
import { LogProgress, Quarantine } from '@parley/message-log';
import { GatewayLeases } from '@parley/sessions';

/** How far the routers are behind the log, what they put aside, and which gateways live. */
@Injectable()
export class SurveyLag {
  constructor(
    private readonly progress: LogProgress,
    private readonly quarantine: Quarantine,
    private readonly leases: GatewayLeases,
  ) {}

  /** Rejects with EngineUnavailable where one of them cannot be asked. */
  async execute(): Promise<LagView> {
    const [partitions, quarantined, gateways] = await Promise.all([
      this.progress.partitions(),
      this.quarantine.count(),
      this.leases.living(),
    ]);
    return {
      partitions: partitions.map(({ partition, committed, end }) => {
        return { partition, committed, end, lag: Math.max(0, end - committed) };
      }),
      quarantined,
      gateways,
    };
  }
}
