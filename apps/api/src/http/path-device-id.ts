import { Injectable, type PipeTransform } from '@nestjs/common';
import { DEVICE_ID, RejectedError, rejected } from '@parley/contracts';

/** A device in a path: `@Param('device_id', PathDeviceId) deviceId: string`. A malformed one names nothing: 404 `not_found`. */
@Injectable()
export class PathDeviceId implements PipeTransform<string, string> {
  transform(value: string): string {
    if (!DEVICE_ID.test(value)) throw new RejectedError(rejected('not_found'));
    return value;
  }
}
