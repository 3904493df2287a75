import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Readiness } from '@parley/operability';
import { IdSource } from '@parley/snowflake';
import { PartitionPulse } from './partition-pulse.js';

/** A process that can give no ids takes no sends; one that gets no verdicts from a partition refuses those to it. */
@Injectable()
export class SendingReadiness implements OnModuleInit {
  constructor(
    private readonly readiness: Readiness,
    private readonly ids: IdSource,
    private readonly pulse: PartitionPulse,
  ) {}

  onModuleInit(): void {
    this.readiness.add('ids', () => (this.ids.ready() ? null : 'no worker id is leased'));
    this.readiness.add('verdicts', () => {
      const stalled = this.pulse.stalled();
      return stalled.length === 0 ? null : `none come from partition ${stalled.join(', ')}`;
    });
  }
}
