import { Injectable } from '@nestjs/common';
import { rejected, type Rejection } from '@parley/contracts';
import { OperatorDirectory, type AccountChange } from '@parley/entities';
import { Signals } from '@parley/signals';
import { Clock } from '@parley/snowflake';

type Done = { ok: true } | Rejection;

/**
 * What operators change of accounts. All of it may be asked as often as one likes. `not_found` for nobody; `conflict` where
 * no operator would be left.
 */
@Injectable()
export class ChangeAccount {
  constructor(
    private readonly operators: OperatorDirectory,
    private readonly signals: Signals,
    private readonly clock: Clock,
  ) {}

  /**
   * When it resolves no login of the account lives and none starts; its sessions end and its access tokens are refused
   * within seconds, as after every revocation.
   */
  async disable(userId: string): Promise<Done> {
    const disabled = await this.operators.disable(userId, this.clock.wallMs());
    if (typeof disabled === 'string') return doneOf(disabled);
    await Promise.all(disabled.families.map((family) => this.signals.publish({ type: 'revoked', family })));
    return { ok: true };
  }

  async enable(userId: string): Promise<Done> {
    return doneOf(await this.operators.enable(userId));
  }

  async appoint(userId: string): Promise<Done> {
    return doneOf(await this.operators.appoint(userId, this.clock.wallMs()));
  }

  async dismiss(userId: string): Promise<Done> {
    return doneOf(await this.operators.dismiss(userId));
  }
}

function doneOf(change: AccountChange): Done {
  if (change === 'last_operator') return rejected('conflict', 'No operator would be left');
  return change === 'done' ? { ok: true } : rejected(change);
}
