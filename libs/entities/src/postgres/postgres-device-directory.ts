import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager, LessThanOrEqual, MoreThan } from 'typeorm';
import {
  type Device,
  type DeviceAdmission,
  DeviceDirectory,
  type DeviceLabels,
  type DeviceLife,
  type PushToken,
} from '../device-directory.js';
import { DeviceRow } from './tables/device-row.js';

/** Devices in the table `devices`: those that expired are removed, so that one that returns begins another life. */
@Injectable()
export class PostgresDeviceDirectory extends DeviceDirectory {
  constructor(private readonly dataSource: DataSource) {
    super();
  }

  override async connect(admission: DeviceAdmission): Promise<Device | 'device_limit'> {
    const { manager } = this.dataSource;
    // Nearly always the device is known: one statement, no lock beyond its row.
    return (await note(manager, admission)) ?? manager.transaction((locked) => admit(locked, admission));
  }

  override label(admission: DeviceAdmission, labels: DeviceLabels): ReturnType<DeviceDirectory['label']> {
    const { userId: user_id, deviceId: device_id, now, expiryMs } = admission;
    return this.dataSource.transaction(async (manager) => {
      await lockUser(manager, user_id);
      const present = { user_id, device_id, last_seen_at: MoreThan(now - expiryMs) };
      // Until the labels are written nobody removes it.
      const lock = { mode: 'pessimistic_write' } as const;
      const isNew = (await manager.findOne(DeviceRow, { where: present, lock })) === null;
      if (isNew && (await admit(manager, admission)) === 'device_limit') return 'device_limit';
      if (Object.keys(labels).length > 0) await manager.update(DeviceRow, { user_id, device_id }, labels);
      return { device: deviceOf(await manager.findOneByOrFail(DeviceRow, { user_id, device_id })), isNew };
    });
  }

  override async devicesOf(
    userId: string,
    { seenAfter, limit, after }: Parameters<DeviceDirectory['devicesOf']>[1],
  ): Promise<Device[]> {
    const page = this.dataSource
      .createQueryBuilder(DeviceRow, 'device')
      .where('device.user_id = :userId', { userId })
      .andWhere('device.last_seen_at > :seenAfter', { seenAfter: new Date(seenAfter) })
      .orderBy('device.created_at')
      .addOrderBy('device.device_id')
      .limit(limit);
    if (after) {
      const last = { createdAt: new Date(after.created_at), deviceId: after.device_id };
      page.andWhere('(device.created_at, device.device_id) > (:createdAt, :deviceId)', last);
    }
    return (await page.getMany()).map(deviceOf);
  }

  override async remove(userId: string, deviceId: string, seenAfter: number): Promise<string | null> {
    const [rows] = await this.dataSource.query<[{ generation: string }[], number]>(
      'DELETE FROM devices WHERE user_id = $1 AND device_id = $2 AND last_seen_at > $3 RETURNING generation',
      [userId, deviceId, new Date(seenAfter)],
    );
    return rows[0]?.generation ?? null;
  }

  override async renew(lives: readonly DeviceLife[], now: number, noLessThanMs = 0): Promise<DeviceLife[]> {
    if (lives.length === 0) return [];
    const given = [
      lives.map(({ user_id }) => user_id),
      lives.map(({ device_id }) => device_id),
      lives.map(({ generation }) => generation),
    ];
    const known = await this.dataSource.query<{ generation: string }[]>(
      `WITH given AS (SELECT * FROM unnest($1::bigint[], $2::text[], $3::uuid[]) AS g (user_id, device_id, generation)),
       renewed AS (
         UPDATE devices d SET last_seen_at = $4 FROM given g
         WHERE d.user_id = g.user_id AND d.device_id = g.device_id AND d.generation = g.generation AND d.last_seen_at < $5)
       SELECT d.generation FROM devices d JOIN given g USING (user_id, device_id, generation)`,
      [...given, new Date(now), new Date(now - noLessThanMs)],
    );
    const living = new Set(known.map(({ generation }) => generation));
    return lives.filter(({ generation }) => !living.has(generation));
  }

  override async putPushToken(
    user_id: string,
    device_id: string,
    push: PushToken | null,
    seenAfter: number,
  ): Promise<boolean> {
    const known = { user_id, device_id, last_seen_at: MoreThan(seenAfter) };
    const token = { push_provider: push?.provider ?? null, push_token: push?.token ?? null };
    return (await this.dataSource.manager.update(DeviceRow, known, token)).affected === 1;
  }
}

/** The user's row is the lock under which the number of devices grows. */
async function lockUser(manager: EntityManager, userId: string): Promise<void> {
  await manager.query('SELECT 1 FROM users WHERE user_id = $1 FOR NO KEY UPDATE', [userId]);
}

async function admit(manager: EntityManager, admission: DeviceAdmission): Promise<Device | 'device_limit'> {
  const { userId: user_id, deviceId: device_id, now, limit, expiryMs } = admission;
  await lockUser(manager, user_id);
  const known = await note(manager, admission);
  if (known) return known;
  await manager.delete(DeviceRow, { user_id, last_seen_at: LessThanOrEqual(now - expiryMs) });
  if ((await manager.countBy(DeviceRow, { user_id })) >= limit) return 'device_limit';
  const device = { device_id, generation: randomUUID(), created_at: now, last_seen_at: now };
  await manager.insert(DeviceRow, { user_id, ...device });
  return { ...device, name: null, platform: null };
}

/** Notes that a known device is seen. The clocks of two gateways differ: the time never falls. */
async function note(manager: EntityManager, admission: DeviceAdmission): Promise<Device | null> {
  const { userId, deviceId, now, expiryMs } = admission;
  const [rows] = await manager.query<[ReadDevice[], number]>(
    `UPDATE devices SET last_seen_at = greatest(last_seen_at, $3)
     WHERE user_id = $1 AND device_id = $2 AND last_seen_at > $4
     RETURNING device_id, generation, name, platform, created_at, last_seen_at`,
    [userId, deviceId, new Date(now), new Date(now - expiryMs)],
  );
  return rows[0] ? deviceOf(rows[0]) : null;
}

/** Times come as numbers from an entity and as dates from a statement. */
type ReadDevice = Omit<Device, 'created_at' | 'last_seen_at'> & Record<'created_at' | 'last_seen_at', number | Date>;

function deviceOf({ device_id, generation, name, platform, created_at, last_seen_at }: ReadDevice): Device {
  return {
    device_id,
    generation,
    name,
    platform,
    created_at: Number(created_at),
    last_seen_at: Number(last_seen_at),
  };
}
