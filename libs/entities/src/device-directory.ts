export interface Device {
  device_id: string;
  /** Names one life of the device; a device that expired or was deleted comes back with another one. */
  generation: string;
  created_at: number;
  last_seen_at: number;
}

/** The devices of a user. Times are milliseconds since 1970. */
export abstract class DeviceDirectory {
  /**
   * Notes that a device connects: creates it, or renews `last_seen_at`; a device that was not seen for `expiryMs` gets a
   * new generation. Expired devices do not count for the limit. `device_limit` where the user has `limit` others. Two
   * first connects at once create one device, and the limit holds under concurrency. `last_seen_at` never falls; a new
   * generation begins with a `created_at` of its own. `userId` is a user of the UserDirectory.
   */
  abstract connect(connect: {
    userId: string;
    deviceId: string;
    now: number;
    limit: number;
    expiryMs: number;
  }): Promise<Device | 'device_limit'>;
}
