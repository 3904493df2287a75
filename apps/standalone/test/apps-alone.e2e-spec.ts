import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, it } from 'vitest';

const run = promisify(execFile);
const ENGINES = {
  gateway: ['KAFKA_BROKERS', 'CASSANDRA_CONTACT_POINTS', 'REDIS_URL', 'POSTGRES_URL'],
  'router-worker': ['KAFKA_BROKERS', 'CASSANDRA_CONTACT_POINTS', 'REDIS_URL'],
  api: ['KAFKA_BROKERS', 'CASSANDRA_CONTACT_POINTS', 'REDIS_URL', 'POSTGRES_URL'],
};
const APPS = Object.keys(ENGINES) as (keyof typeof ENGINES)[];

/** Runs a built app with nothing of this shell's environment but the path. */
async function start(app: string, env: Record<string, string> = {}): Promise<{ code: unknown; output: string }> {
  try {
    await run(process.execPath, [`dist/apps/${app}/main.js`], { env: { PATH: process.env.PATH, ...env } });
    return { code: 0, output: '' };
  } catch (error) {
    const { code, stdout, stderr } = error as { code: unknown; stdout: string; stderr: string };
    return { code, output: stdout + stderr };
  }
}

describe('An app that is started alone', () => {
  beforeAll(async () => {
    await run(process.execPath, ['node_modules/@nestjs/cli/bin/nest.js', 'build', ...APPS]);
  });

  it.each(APPS)('%s names the engines that are not configured, once, and what runs without them', async (app) => {
    const { code, output } = await start(app);
    expect(code).toBe(78);
    for (const name of ENGINES[app]) expect(output.split(`${name} is not set`)).toHaveLength(2);
    expect(output).toContain('npm start');
    expect(output).not.toContain(' at ');
  });

  it.each(APPS)('%s says that it has no adapters for them yet', async (app) => {
    const addresses = {
      KAFKA_BROKERS: 'localhost:9092',
      CASSANDRA_CONTACT_POINTS: 'localhost:9042',
      REDIS_URL: 'redis://localhost:6379',
      POSTGRES_URL: 'postgres://parley:secret@localhost:5432/parley',
    };
    const { code, output } = await start(app, addresses);
    expect(code).toBe(69);
    expect(output.trim().split('\n')).toHaveLength(1);
    expect(output).not.toContain('secret');
  });
});
