import { Injectable, Logger } from '@nestjs/common';
import { limits, rejected, type Rejection } from '@parley/contracts';
import { DeviceDirectory } from '@parley/entities';
import { RememberedDevices } from '@parley/sessions';
import { Signals } from '@parley/signals';
import { Clock } from '@parley/snowflake';

/**
 * Ends the present life of a device of the caller, and with it its cursors: whoever connects under its name later is new.
 * Its sessions end by a signal, or within a minute where that is lost. `not_found` for an unknown device.
 */
@Injectable()
export class RemoveDevice {
  private readonly logger = new Logger(RemoveDevice.name);

  constructor(
    private readonly devices: DeviceDirectory,
    private readonly remembered: RememberedDevices,
    private readonly signals: Signals,
    private readonly clock: Clock,
  ) {}

  async execute(userId: string, deviceId: string): Promise<{ ok: true } | Rejection> {
    const generation = await this.devices.remove(userId, deviceId, this.clock.wallMs() - limits.DEVICE_EXPIRY_MS);
    if (generation === null) return rejected('not_found', 'No such device');
    await this.forget(userId, deviceId, generation);
    await this.signals.publish({ type: 'device-removed', generation });
    return { ok: true };
  }

  /** At best: the device is removed, whether or not a cache of it can be reached. */
  private async forget(userId: string, deviceId: string, generation: string): Promise<void> {
    try {
      await this.remembered.forget(userId, deviceId, generation);
    } catch (error) {
      this.logger.warn(`a removed device of user ${userId} may still be remembered: ${String(error)}`);
    }
  }
}
