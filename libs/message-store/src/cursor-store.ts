import type { DeviceKey } from './rows.js';

/**
 * Each device's cursor per conversation: the end of the contiguous prefix of what it acknowledged. A cursor only rises;
 * its timestamp is its value. No TTL of its own.
 */
export abstract class CursorStore {
  /** All cursors of a device, one partition scan; null for a device that was never initialised. */
  abstract readCursors(device: DeviceKey): Promise<Map<string, number> | null>;

  /**
   * Writes a new device's first cursors and then, once they are stored, the mark that makes it known. A crash before
   * the mark leaves a device that is still new.
   */
  abstract initialise(device: DeviceKey, cursors: ReadonlyMap<string, number>): Promise<void>;

  /** Raises cursors; lower ones change nothing. */
  abstract raise(device: DeviceKey, cursors: ReadonlyMap<string, number>): Promise<void>;
}
