import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager, LessThanOrEqual } from 'typeorm';
import { type Device, DeviceDirectory } from '../device-directory.js';
import { DeviceRow } from './tables/device-row.js';

interface Connect {
  userId: string;
  deviceId: string;
  now: number;
  limit: number;
  expiryMs: number;
}

/** Devices in the table `devices`: those that expired are removed, so that one that returns begins another life. */
@Injectable()
export class PostgresDeviceDirectory extends DeviceDirectory {
  constructor(private readonly dataSource: DataSource) {
    super();
  }

  override async connect(connect: Connect): Promise<Device | 'device_limit'> {
    // Nearly always the device is known: one statement, no lock beyond its row.
    const known = await renew(this.dataSource.manager, connect);
    return known ?? this.dataSource.transaction((manager) => admit(manager, connect));
  }
}

async function admit(manager: EntityManager, connect: Connect): Promise<Device | 'device_limit'> {
  const { userId, deviceId, now, limit, expiryMs } = connect;
  // The user's row is the lock under which the number of devices grows.
  await manager.query('SELECT 1 FROM users WHERE user_id = $1 FOR NO KEY UPDATE', [userId]);
  const known = await renew(manager, connect);
  if (known) return known;
  await manager.delete(DeviceRow, { user_id: userId, last_seen_at: LessThanOrEqual(now - expiryMs) });
  if ((await manager.countBy(DeviceRow, { user_id: userId })) >= limit) return 'device_limit';
  const device = { device_id: deviceId, generation: randomUUID(), created_at: now, last_seen_at: now };
  await manager.insert(DeviceRow, { user_id: userId, ...device });
  return device;
}

/** The clocks of two gateways differ: the time never falls. */
async function renew(manager: EntityManager, connect: Connect): Promise<Device | null> {
  const { userId, deviceId, now, expiryMs } = connect;
  const [rows] = await manager.query<[Record<keyof Device, string | Date>[], number]>(
    `UPDATE devices SET last_seen_at = greatest(last_seen_at, $3)
     WHERE user_id = $1 AND device_id = $2 AND last_seen_at > $4
     RETURNING device_id, generation, created_at, last_seen_at`,
    [userId, deviceId, new Date(now), new Date(now - expiryMs)],
  );
  const row = rows[0];
  if (!row) return null;
  return {
    device_id: String(row.device_id),
    generation: String(row.generation),
    created_at: Number(row.created_at),
    last_seen_at: Number(row.last_seen_at),
  };
}
