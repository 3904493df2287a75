import { Injectable } from '@nestjs/common';
import { limits, rejected, type Rejection } from '@parley/contracts';
import { DeviceDirectory, type PushToken } from '@parley/entities';
import { Clock } from '@parley/snowflake';

/** Says where notifications for a device of the caller go; null: nowhere. `not_found` for an unknown device. */
@Injectable()
export class ChangePushToken {
  constructor(
    private readonly devices: DeviceDirectory,
    private readonly clock: Clock,
  ) {}

  async execute(userId: string, deviceId: string, push: PushToken | null): Promise<{ ok: true } | Rejection> {
    const seenAfter = this.clock.wallMs() - limits.DEVICE_EXPIRY_MS;
    const isKnown = await this.devices.putPushToken(userId, deviceId, push, seenAfter);
    return isKnown ? { ok: true } : rejected('not_found', 'No such device');
  }
}
