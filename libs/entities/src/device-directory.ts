export interface Device {
  device_id: string;
  /** Names one life of the device; a device that expired or was deleted comes back with another one. */
  generation: string;
  /** What its user calls it; null where nobody said. */
  name: string | null;
  platform: string | null;
  created_at: number;
  last_seen_at: number;
}

/** What a user says of a device: what is left out stays, null clears. */
export interface DeviceLabels {
  name?: string | null;
  platform?: string | null;
}

/** One life of a device. */
export interface DeviceLife {
  user_id: string;
  device_id: string;
  generation: string;
}

/** Where notifications for a device go. The token is as good as a password for them: it is never logged and never shown. */
export interface PushToken {
  provider: 'apns' | 'fcm' | 'webpush';
  token: string;
}

/** `limit`: devices that the user may have. `expiryMs`: a device that was not seen for so long has expired. */
export interface DeviceAdmission {
  userId: string;
  deviceId: string;
  now: number;
  limit: number;
  expiryMs: number;
}

/**
 * The devices of users. Times are milliseconds since 1970. A device that has expired counts as absent, though its row may
 * still be there; `seenAfter` says where that begins. `userId` is a user of the UserDirectory. An unknown device is answered
 * with false or null.
 */
export abstract class DeviceDirectory {
  /**
   * Notes that a device connects: creates it, or renews `last_seen_at`; a device that was not seen for `expiryMs` gets a
   * new generation. Expired devices do not count for the limit. `device_limit` where the user has `limit` others. Two
   * first connects at once create one device, and the limit holds under concurrency. `last_seen_at` never falls; a new
   * generation begins with a `created_at` of its own, without labels and push token.
   */
  abstract connect(admission: DeviceAdmission): Promise<Device | 'device_limit'>;

  /** Labels a device, which is created where it is absent, under the same limit. It does not count as seen by that. */
  abstract label(
    admission: DeviceAdmission,
    labels: DeviceLabels,
  ): Promise<{ device: Device; isNew: boolean } | 'device_limit'>;

  /** A user's devices in the order of (`created_at`, `device_id`), at most `limit`, those that come after `after`. */
  abstract devicesOf(
    userId: string,
    page: { seenAfter: number; limit: number; after?: Pick<Device, 'created_at' | 'device_id'> },
  ): Promise<Device[]>;

  /** Ends the present life of a device: its generation never comes back. Resolves to that generation. */
  abstract remove(userId: string, deviceId: string, seenAfter: number): Promise<string | null>;

  /**
   * Notes that these devices are connected at `now`; where that was noted within the last `noLessThanMs`, nothing is
   * written. Resolves to those whose life is over.
   */
  abstract renew(lives: readonly DeviceLife[], now: number, noLessThanMs?: number): Promise<DeviceLife[]>;

  /** Stores the one push token of a device, in place of an earlier one; null takes it away. */
  abstract putPushToken(userId: string, deviceId: string, push: PushToken | null, seenAfter: number): Promise<boolean>;
}
