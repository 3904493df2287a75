import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Readiness } from '@parley/operability';
import { IdSource } from '@parley/snowflake';

/** A process that can give no ids takes no sends, so it is not ready. */
@Injectable()
export class SendingReadiness implements OnModuleInit {
  constructor(
    private readonly readiness: Readiness,
    private readonly ids: IdSource,
  ) {}

  onModuleInit(): void {
    this.readiness.add('ids', () => (this.ids.ready() ? null : 'no worker id is leased'));
  }
}
