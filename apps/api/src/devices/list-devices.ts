import { Injectable } from '@nestjs/common';
import { limits, type DeviceView, type Page, type PageQueryDto, type Rejection } from '@parley/contracts';
import { DeviceDirectory, type Device } from '@parley/entities';
import { Clock } from '@parley/snowflake';
import { PageCursors } from '../http/page-cursors.js';
import { deviceView } from './device-view.js';

const LIST = 'devices';

/** The last device of a page: the next one begins after it. */
type Place = Pick<Device, 'created_at' | 'device_id'>;

/** The caller's devices that have not expired, in the order in which they came. */
@Injectable()
export class ListDevices {
  constructor(
    private readonly devices: DeviceDirectory,
    private readonly cursors: PageCursors,
    private readonly clock: Clock,
  ) {}

  async execute(userId: string, { cursor, limit }: PageQueryDto): Promise<Page<DeviceView> | Rejection> {
    const opened = cursor === undefined ? null : this.cursors.open<Place>(userId, LIST, cursor);
    if (opened && !opened.ok) return opened;
    const seenAfter = this.clock.wallMs() - limits.DEVICE_EXPIRY_MS;
    // One more than asked for tells whether there is a next page.
    const found = await this.devices.devicesOf(userId, { seenAfter, limit: limit + 1, after: opened?.place });
    const shown = found.slice(0, limit);
    const last = shown.at(-1);
    return {
      items: shown.map(deviceView),
      next_cursor: last && found.length > shown.length ? this.cursors.seal(userId, LIST, placeOf(last)) : null,
    };
  }
}

function placeOf({ created_at, device_id }: Device): Place {
  return { created_at, device_id };
}
