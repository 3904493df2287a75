import { Module } from '@nestjs/common';
import { Test } from '@nestjs/testing';
import { expect, it } from 'vitest';
import { SystemClock } from './clock.js';
import { InMemoryWorkerLeases } from './embedded/in-memory-worker-leases.js';
import { IdSource } from './id-source.js';
import { SnowflakeModule } from './snowflake.module.js';
import { timestampOf } from './snowflake-id.js';
import { WorkerLeases } from './worker-lease.js';

const leases = new InMemoryWorkerLeases(new SystemClock());

@Module({ providers: [{ provide: WorkerLeases, useValue: leases }], exports: [WorkerLeases] })
class LeasesModule {}

it('holds a lease from before the application listens until the end of its shutdown', async () => {
  const module = await Test.createTestingModule({
    imports: [SnowflakeModule.forRoot({ imports: [LeasesModule] })],
  }).compile();
  const ids = module.get(IdSource);
  expect(ids.ready()).toBe(false);

  await module.init();
  expect(Math.abs(timestampOf(ids.next()) - Date.now())).toBeLessThan(1_000);
  expect((await leases.acquire('another'))?.workerId).toBe(1);

  await module.close();
  expect(ids.ready()).toBe(false);
  expect((await leases.acquire('another'))?.workerId).toBe(0);
});
