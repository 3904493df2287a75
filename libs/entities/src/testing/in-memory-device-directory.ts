import { randomUUID } from 'node:crypto';
import {
  type Device,
  type DeviceAdmission,
  DeviceDirectory,
  type DeviceLabels,
  type DeviceLife,
  type PushToken,
} from '../device-directory.js';

/** Devices in maps, for specs that need no database; it keeps the same contract. */
export class InMemoryDeviceDirectory extends DeviceDirectory {
  /** By user and device. */
  private readonly users = new Map<string, Map<string, Device>>();
  /** By generation. */
  readonly pushTokens = new Map<string, PushToken>();

  override async connect(admission: DeviceAdmission): Promise<Device | 'device_limit'> {
    const known = this.find(admission.userId, admission.deviceId, admission.now - admission.expiryMs);
    if (!known) return this.admit(admission);
    known.last_seen_at = Math.max(known.last_seen_at, admission.now);
    return { ...known };
  }

  override async label(admission: DeviceAdmission, labels: DeviceLabels): ReturnType<DeviceDirectory['label']> {
    const { userId, deviceId, now, expiryMs } = admission;
    const known = this.find(userId, deviceId, now - expiryMs);
    if (!known && this.admit(admission) === 'device_limit') return 'device_limit';
    const device = Object.assign(this.devices(userId).get(deviceId) as Device, labels);
    return { device: { ...device }, isNew: !known };
  }

  override async devicesOf(
    userId: string,
    { seenAfter, limit, after }: Parameters<DeviceDirectory['devicesOf']>[1],
  ): Promise<Device[]> {
    return [...this.devices(userId).values()]
      .filter((device) => device.last_seen_at > seenAfter && (!after || compare(after, device) < 0))
      .sort(compare)
      .slice(0, limit)
      .map((device) => ({ ...device }));
  }

  override async remove(userId: string, deviceId: string, seenAfter: number): Promise<string | null> {
    const device = this.find(userId, deviceId, seenAfter);
    if (!device) return null;
    this.devices(userId).delete(deviceId);
    return device.generation;
  }

  override async renew(lives: readonly DeviceLife[], now: number, noLessThanMs = 0): Promise<DeviceLife[]> {
    return lives.filter(({ user_id, device_id, generation }) => {
      const device = this.devices(user_id).get(device_id);
      if (device?.generation !== generation) return true;
      if (device.last_seen_at < now - noLessThanMs) device.last_seen_at = now;
      return false;
    });
  }

  override async putPushToken(
    userId: string,
    deviceId: string,
    push: PushToken | null,
    seenAfter: number,
  ): Promise<boolean> {
    const device = this.find(userId, deviceId, seenAfter);
    if (device && push) this.pushTokens.set(device.generation, push);
    else if (device) this.pushTokens.delete(device.generation);
    return device !== null;
  }

  private admit({ userId, deviceId, now, limit, expiryMs }: DeviceAdmission): Device | 'device_limit' {
    const devices = this.devices(userId);
    for (const { device_id, last_seen_at } of [...devices.values()]) {
      if (last_seen_at <= now - expiryMs) devices.delete(device_id);
    }
    if (devices.size >= limit) return 'device_limit';
    const times = { created_at: now, last_seen_at: now };
    const device = { device_id: deviceId, generation: randomUUID(), name: null, platform: null, ...times };
    devices.set(deviceId, device);
    return { ...device };
  }

  private find(userId: string, deviceId: string, seenAfter: number): Device | null {
    const device = this.devices(userId).get(deviceId);
    return device && device.last_seen_at > seenAfter ? device : null;
  }

  private devices(userId: string): Map<string, Device> {
    let devices = this.users.get(userId);
    if (!devices) this.users.set(userId, (devices = new Map<string, Device>()));
    return devices;
  }
}

type Place = Pick<Device, 'created_at' | 'device_id'>;

function compare(a: Place, b: Place): number {
  return a.created_at - b.created_at || (a.device_id < b.device_id ? -1 : Number(a.device_id > b.device_id));
}
