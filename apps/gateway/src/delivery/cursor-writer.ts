import { setTimeout as sleep } from 'node:timers/promises';
import { Injectable, Logger } from '@nestjs/common';
import { CursorStore, InboxStore, type DeviceKey } from '@parley/message-store';
import { AnnounceReceipts } from '@parley/reading';

/** Cursors of all devices that come within this time are written together: a commit costs more than what is in it. */
const GATHER_MS = 20;
const RETRY_AFTER_MS = 200;

interface Pending {
  device: DeviceKey;
  positions: Map<string, number>;
  isUnderWay: boolean;
  /** Whether these positions and those before them were written. */
  written: Promise<boolean>;
}

/**
 * Writes cursors, and with them the user's delivered watermark, in groups over all devices of the gateway. Positions that
 * could not be written are tried again. What was written is announced as a receipt.
 */
@Injectable()
export class CursorWriter {
  private readonly logger = new Logger(CursorWriter.name);
  private readonly pending = new Map<string, Pending>();
  private gathering: Promise<void> | null = null;
  /** Said once: every device of the gateway tries again several times a second. */
  private isFailing = false;

  constructor(
    private readonly cursors: CursorStore,
    private readonly inbox: InboxStore,
    private readonly receipts: AnnounceReceipts,
  ) {}

  raise(device: DeviceKey, conversationId: string, seq: number, waitMs = GATHER_MS): void {
    const key = keyOf(device);
    const known = this.pending.get(key);
    const { positions } = known && !known.isUnderWay ? known : this.begin(key, device, waitMs, known?.written);
    positions.set(conversationId, Math.max(seq, positions.get(conversationId) ?? 0));
  }

  /** Resolves when the positions raised for this device so far were written (true), or could not be (false). */
  async settle(device: DeviceKey): Promise<boolean> {
    return this.pending.get(keyOf(device))?.written ?? true;
  }

  private begin(key: string, device: DeviceKey, waitMs: number, before?: Promise<boolean>): Pending {
    const pending: Pending = { device, positions: new Map(), isUnderWay: false, written: Promise.resolve(true) };
    const write = (waitMs > GATHER_MS ? sleep(waitMs) : this.gather()).then(() => this.write(key, pending));
    pending.written = Promise.all([before, write]).then((results) => !results.includes(false));
    this.pending.set(key, pending);
    return pending;
  }

  private gather(): Promise<void> {
    this.gathering ??= sleep(GATHER_MS).then(() => {
      this.gathering = null;
    });
    return this.gathering;
  }

  private async write(key: string, pending: Pending): Promise<boolean> {
    const { device, positions } = pending;
    pending.isUnderWay = true;
    try {
      await Promise.all([this.cursors.raise(device, positions), this.inbox.raiseDelivered(device.user_id, positions)]);
      if (this.isFailing) this.logger.log('cursors are written again');
      this.isFailing = false;
      for (const id of positions.keys()) this.receipts.request(device.user_id, id, device.device_id);
      return true;
    } catch (error) {
      if (!this.isFailing) this.logger.warn(`cursors cannot be written, trying until they are: ${String(error)}`);
      this.isFailing = true;
      this.forget(key, pending);
      // They wait again before anybody can ask: until they are written, nobody is told that they are.
      positions.forEach((seq, id) => this.raise(device, id, seq, RETRY_AFTER_MS));
      return false;
    } finally {
      this.forget(key, pending);
    }
  }

  private forget(key: string, pending: Pending): void {
    if (this.pending.get(key) === pending) this.pending.delete(key);
  }
}

function keyOf({ user_id, device_id, generation }: DeviceKey): string {
  return `${user_id}/${device_id}/${generation}`;
}
