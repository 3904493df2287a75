import { Injectable } from '@nestjs/common';
import { limits, rejected, type DeviceView, type PutDeviceDto, type Rejection } from '@parley/contracts';
import { DeviceDirectory } from '@parley/entities';
import { Clock } from '@parley/snowflake';
import { ApiSettings } from '../api-settings.js';
import { deviceView } from './device-view.js';

/** Labels a device of the caller, and makes it known where it is not. `device_limit` for one more than the limit. */
@Injectable()
export class PutDevice {
  constructor(
    private readonly devices: DeviceDirectory,
    private readonly settings: ApiSettings,
    private readonly clock: Clock,
  ) {}

  async execute(
    userId: string,
    deviceId: string,
    { name, platform }: PutDeviceDto,
  ): Promise<{ device: DeviceView; isNew: boolean } | Rejection> {
    const limit = this.settings.devicesPerUser;
    const now = this.clock.wallMs();
    const labelled = await this.devices.label(
      { userId, deviceId, now, limit, expiryMs: limits.DEVICE_EXPIRY_MS },
      { ...(name !== undefined && { name }), ...(platform !== undefined && { platform }) },
    );
    if (labelled === 'device_limit') return rejected('device_limit', `At most ${limit} devices`);
    return { device: deviceView(labelled.device), isNew: labelled.isNew };
  }
}
