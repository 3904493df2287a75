import { LinkReceiver, type LinkFrame } from '@parley/gateway-link';
import type { PendingVerdicts } from '@parley/sending';

/** An API process's end of the link. Nobody is connected here: frames bring verdicts alone. */
export class VerdictReceiver extends LinkReceiver {
  constructor(private readonly verdicts: PendingVerdicts) {
    super();
  }

  override take({ verdicts }: LinkFrame): void {
    this.verdicts.take(verdicts);
  }
}
