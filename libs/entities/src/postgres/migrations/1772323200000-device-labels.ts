import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What users call their devices, and where their notifications go. */
export class DeviceLabels1772323200000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE devices
        ADD COLUMN name text,
        ADD COLUMN platform text,
        ADD COLUMN push_provider varchar(16),
        ADD COLUMN push_token text`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE devices DROP COLUMN push_token, DROP COLUMN push_provider, DROP COLUMN platform, DROP COLUMN name`);
  }
}
