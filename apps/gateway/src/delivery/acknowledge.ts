import { Injectable } from '@nestjs/common';
import { rejected, type Rejection } from '@parley/contracts';
import type { Session } from '../connections/session.js';
import { CursorWriter } from './cursor-writer.js';
import { Deliver } from './deliver.js';

/**
 * Moves a device's cursors to what it has safe. All or nothing: one position above what this session was sent refuses the
 * event. A conversation of which nothing was sent counts as sent up to 0, so foreign and absent ids answer alike. The
 * window opens at once; the answer waits until the cursors are stored, so a kill right after it repeats nothing.
 */
@Injectable()
export class Acknowledge {
  constructor(
    private readonly cursors: CursorWriter,
    private readonly deliver: Deliver,
  ) {}

  async execute(session: Session, positions: Readonly<Record<string, number>>): Promise<{ ok: true } | Rejection> {
    const { outbound, identity } = session;
    const entries = Object.entries(positions);
    const above = entries.find(([id, seq]) => seq > (outbound.streams.get(id)?.acknowledgeable ?? 0));
    if (above) {
      const [id] = above;
      const faults = [{ path: `positions.${id}`, message: 'is above what this session was sent' }];
      return rejected('validation_failed', `positions.${id} is above what this session was sent`, { faults });
    }
    for (const [id, seq] of entries) {
      const stream = outbound.streams.get(id);
      if (!stream || seq <= stream.acknowledged) continue;
      stream.acknowledged = seq;
      this.cursors.raise(identity.device, id, seq);
    }
    if (outbound.acknowledge()) this.deliver.resume(session);
    return (await this.cursors.settle(identity.device)) ? { ok: true } : rejected('unavailable');
  }
}
