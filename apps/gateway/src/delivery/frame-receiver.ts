import { Injectable } from '@nestjs/common';
import { LinkReceiver, type LinkFrame } from '@parley/gateway-link';
import { PendingVerdicts } from '@parley/sending';
import { SessionTable } from '../connections/session-table.js';
import { Deliver } from './deliver.js';

/** The gateway's end of the link: entries go to their sessions, verdicts to the sends that wait for them. */
@Injectable()
export class FrameReceiver extends LinkReceiver {
  constructor(
    private readonly sessions: SessionTable,
    private readonly deliver: Deliver,
    private readonly verdicts: PendingVerdicts,
  ) {
    super();
  }

  override take(frame: LinkFrame): void {
    for (const push of frame.pushes) {
      for (const id of push.session_ids) {
        const session = this.sessions.find(id);
        if (session) this.deliver.push(session, push);
      }
    }
    this.verdicts.take(frame.verdicts);
  }
}
