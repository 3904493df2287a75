import { IntegerVariable } from '../variable.js';

/** Of the devices that users connect from. */
export class DeviceSettings {
  @IntegerVariable({ min: 1, max: 10_000, about: 'Devices that one user may have.' })
  readonly DEVICES_PER_USER: number = 10;
}
