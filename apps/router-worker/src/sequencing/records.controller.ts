import { Controller } from '@nestjs/common';
import { EventPattern, Payload } from '@nestjs/microservices';
import { ENTRIES_TOPIC } from '@parley/contracts';
import type { RecordBatch } from '@parley/message-log';
import { RouteBatch } from './route-batch.js';

/** The router's edge: a batch of one partition of the log. */
@Controller()
export class RecordsController {
  constructor(private readonly routeBatch: RouteBatch) {}

  /** Resolves when the batch is finished and its offsets may be committed; rejects when it has to be read again. */
  @EventPattern(ENTRIES_TOPIC)
  onRecords(@Payload() batch: RecordBatch): Promise<void> {
    return this.routeBatch.execute(batch);
  }
}
