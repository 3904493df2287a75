import { Injectable, Logger } from '@nestjs/common';
import { CursorStore, InboxStore, type DeviceKey } from '@parley/message-store';

/** Well below the 200 ms within which an acknowledged position is durable. */
const WRITE_EVERY_MS = 50;
const RETRY_AFTER_MS = 200;

interface Pending {
  device: DeviceKey;
  positions: Map<string, number>;
  writing: Promise<void> | null;
}

/**
 * Writes cursors, and with them the user's delivered watermark, a few times a second per device instead of once an
 * acknowledgement. Positions that could not be written stay and are tried again.
 */
@Injectable()
export class CursorWriter {
  private readonly logger = new Logger(CursorWriter.name);
  private readonly pending = new Map<string, Pending>();
  private timer: NodeJS.Timeout | null = null;

  constructor(
    private readonly cursors: CursorStore,
    private readonly inbox: InboxStore,
  ) {}

  raise(device: DeviceKey, conversationId: string, seq: number): void {
    const key = keyOf(device);
    let pending = this.pending.get(key);
    if (!pending) {
      pending = { device, positions: new Map(), writing: null };
      this.pending.set(key, pending);
    }
    pending.positions.set(conversationId, seq);
    this.schedule(WRITE_EVERY_MS);
  }

  /** Resolves when the positions raised for this device so far were written, or could not be. */
  async settle(device: DeviceKey): Promise<void> {
    const pending = this.pending.get(keyOf(device));
    if (!pending) return;
    await pending.writing;
    await this.write(pending);
  }

  private schedule(delayMs: number): void {
    this.timer ??= setTimeout(() => {
      this.timer = null;
      for (const pending of this.pending.values()) void this.write(pending);
    }, delayMs);
  }

  private write(pending: Pending): Promise<void> {
    pending.writing ??= this.writeOnce(pending).finally(() => {
      pending.writing = null;
      if (pending.positions.size === 0) this.pending.delete(keyOf(pending.device));
      else this.schedule(WRITE_EVERY_MS);
    });
    return pending.writing;
  }

  private async writeOnce(pending: Pending): Promise<void> {
    const positions = pending.positions;
    if (positions.size === 0) return;
    pending.positions = new Map();
    try {
      await Promise.all([
        this.cursors.raise(pending.device, positions),
        this.inbox.raiseDelivered(pending.device.user_id, positions),
      ]);
    } catch (error) {
      this.logger.warn(`cursors will be written again: ${String(error)}`);
      // What was raised meanwhile lies higher.
      pending.positions = new Map([...positions, ...pending.positions]);
      await new Promise((resolve) => setTimeout(resolve, RETRY_AFTER_MS));
    }
  }
}

function keyOf({ user_id, device_id, generation }: DeviceKey): string {
  return `${user_id}/${device_id}/${generation}`;
}
