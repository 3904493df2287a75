import { Injectable, Logger } from '@nestjs/common';
import { CursorStore, InboxStore, type DeviceKey } from '@parley/message-store';

const RETRY_AFTER_MS = 200;

interface Pending {
  device: DeviceKey;
  positions: Map<string, number>;
  /** The write that is under way, or was last. Resolves to whether it succeeded. */
  attempt: Promise<boolean>;
}

/**
 * Writes cursors, and with them the user's delivered watermark: at once, and what is raised while a device's write is
 * under way goes together with the next. Positions that could not be written stay and are tried again.
 */
@Injectable()
export class CursorWriter {
  private readonly logger = new Logger(CursorWriter.name);
  private readonly pending = new Map<string, Pending>();

  constructor(
    private readonly cursors: CursorStore,
    private readonly inbox: InboxStore,
  ) {}

  raise(device: DeviceKey, conversationId: string, seq: number): void {
    const key = keyOf(device);
    const pending = this.pending.get(key) ?? this.begin(key, device);
    pending.positions.set(conversationId, seq);
  }

  /** Resolves when the positions raised for this device so far were written (true), or could not be (false). */
  async settle(device: DeviceKey): Promise<boolean> {
    const pending = this.pending.get(keyOf(device));
    if (!pending) return true;
    // The write that is under way, then the one that takes what was raised meanwhile.
    await pending.attempt;
    return pending.attempt;
  }

  private begin(key: string, device: DeviceKey): Pending {
    const pending: Pending = { device, positions: new Map(), attempt: Promise.resolve(true) };
    this.pending.set(key, pending);
    // In a moment: the positions of one acknowledgement go together.
    queueMicrotask(() => void this.writeAll(key, pending));
    return pending;
  }

  private async writeAll(key: string, pending: Pending): Promise<void> {
    while (pending.positions.size > 0) {
      pending.attempt = this.write(pending);
      if (!(await pending.attempt)) await new Promise((resolve) => setTimeout(resolve, RETRY_AFTER_MS));
    }
    this.pending.delete(key);
  }

  private async write(pending: Pending): Promise<boolean> {
    const { device, positions } = pending;
    pending.positions = new Map();
    try {
      await Promise.all([this.cursors.raise(device, positions), this.inbox.raiseDelivered(device.user_id, positions)]);
      return true;
    } catch (error) {
      this.logger.warn(`cursors will be written again: ${String(error)}`);
      // What was raised meanwhile lies higher.
      pending.positions = new Map([...positions, ...pending.positions]);
      return false;
    }
  }
}

function keyOf({ user_id, device_id, generation }: DeviceKey): string {
  return `${user_id}/${device_id}/${generation}`;
}
