/** A generation that was not confirmed for this long is forgotten: the device has expired by then. */
export const REMEMBERED_FOR_MS = 30 * 24 * 3_600_000;

/** How long nobody can bring back a generation that was forgotten: handshakes and look-ups that ran then are long over. */
export const GONE_FOR_MS = 3_600_000;

/**
 * A cache of device generations. The truth is in the directory of devices; a gateway that cannot ask there goes on with
 * what it, or another gateway, was told before. Entries may vanish at any time.
 *
 * Every method rejects when the engine does not answer.
 */
export abstract class RememberedDevices {
  /**
   * In place of what was remembered of this device. Forgotten `REMEMBERED_FOR_MS` after the last call, or earlier. A
   * generation that was forgotten within the last `GONE_FOR_MS` changes nothing: whoever still names it does not know yet.
   */
  abstract remember(userId: string, deviceId: string, generation: string): Promise<void>;

  /** Null where nothing is remembered. */
  abstract recall(userId: string, deviceId: string): Promise<string | null>;

  /** This life of the device is over; a later one stays. Harmless to do twice. */
  abstract forget(userId: string, deviceId: string, generation: string): Promise<void>;
}
