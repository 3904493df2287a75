import { Module } from '@nestjs/common';
import { AwaitVerdict } from './await-verdict.js';
import { PartitionPulse } from './partition-pulse.js';
import { SendQuota } from './send-quota.js';
import { SendingReadiness } from './sending-readiness.js';
import { SubmitEntry } from './submit-entry.js';

/**
 * Sending, for gateways and the API. The composition provides the ports, the ids, `SendLimits` and the process's one
 * `PendingVerdicts`.
 */
@Module({
  providers: [
    SubmitEntry,
    SendQuota,
    AwaitVerdict,
    SendingReadiness,
    { provide: PartitionPulse, useFactory: () => new PartitionPulse() },
  ],
  exports: [SubmitEntry],
})
export class SendingModule {}
