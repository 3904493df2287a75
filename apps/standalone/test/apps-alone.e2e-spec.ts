import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import { DEVELOPMENT_SECRETS } from '@parley/config';
import { freePorts } from '@parley/harness';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';

const run = promisify(execFile);
const ROUTER = ['KAFKA_BROKERS', 'CASSANDRA_CONTACT_POINTS', 'REDIS_URL', 'LINK_SECRET'];
const GATEWAY = [...ROUTER, 'POSTGRES_URL', 'TOKEN_SIGNING_KEY'];
/** What each app has no default for. */
const NEEDED = { gateway: GATEWAY, 'router-worker': ROUTER, api: [...GATEWAY, 'CURSOR_SECRET'] };
const APPS = Object.keys(NEEDED) as (keyof typeof NEEDED)[];

const mainOf = (app: string): string => `dist/apps/${app}/main.js`;

/** Runs a built app to its end with nothing of this shell's environment but the path. */
async function runToEnd(app: string, env: Record<string, string> = {}): Promise<{ code: unknown; output: string }> {
  try {
    await run(process.execPath, [mainOf(app)], { env: { PATH: process.env.PATH, ...env } });
    return { code: 0, output: '' };
  } catch (error) {
    const { code, stdout, stderr } = error as { code: unknown; stdout: string; stderr: string };
    return { code, output: stdout + stderr };
  }
}

/** A whole environment, whose engines are nowhere. */
async function environment(): Promise<Record<string, string>> {
  const [kafka, cassandra, redis, postgres, ops] = await freePorts(5);
  return {
    ...DEVELOPMENT_SECRETS,
    KAFKA_BROKERS: `127.0.0.1:${kafka}`,
    CASSANDRA_CONTACT_POINTS: `127.0.0.1:${cassandra}`,
    REDIS_URL: `redis://127.0.0.1:${redis}`,
    POSTGRES_URL: `postgres://parley:parley@127.0.0.1:${postgres}/parley`,
    OPS_PORT: String(ops),
  };
}

describe('An app of a fleet', () => {
  let child: ChildProcess | null = null;

  beforeAll(async () => {
    await run(process.execPath, ['node_modules/@nestjs/cli/bin/nest.js', 'build', ...APPS]);
  });

  afterEach(() => child?.kill('SIGKILL'));

  it.each(APPS)('%s names all that is not configured, once, and what runs without it', async (app) => {
    const { code, output } = await runToEnd(app);
    expect(code).toBe(78);
    for (const name of NEEDED[app]) expect(output.split(`${name} is not set`)).toHaveLength(2);
    expect(output.match(/ is not set/g)).toHaveLength(NEEDED[app].length);
    expect(output).toContain('npm start');
    expect(output).not.toContain(' at ');
  });

  it.each(APPS)('%s refuses in production the secrets that everybody knows', async (app) => {
    const { code, output } = await runToEnd(app, { ...(await environment()), NODE_ENV: 'production' });
    expect(code).toBe(78);
    expect(output).toContain('LINK_SECRET holds a secret that everybody knows');
    expect(output).not.toContain(DEVELOPMENT_SECRETS.LINK_SECRET);
  });

  it.each(APPS)('%s waits for its engines, says for which, and lives meanwhile', async (app) => {
    const env = await environment();
    child = spawn(process.execPath, [mainOf(app)], { env: { PATH: process.env.PATH, PORT: '0', ...env } });
    const lines: string[] = [];
    for await (const line of createInterface({ input: child.stdout! })) {
      lines.push(line);
      if (['kafka', 'cassandra'].every((engine) => lines.some((each) => each.includes(`waiting for ${engine}`)))) break;
    }
    expect(lines.join('\n')).toContain(`waiting for kafka at ${env.KAFKA_BROKERS}`);

    const internal = `http://127.0.0.1:${env.OPS_PORT}`;
    expect((await fetch(`${internal}/health/live`)).status).toBe(200);
    const ready = await fetch(`${internal}/health/ready`);
    const { details } = (await ready.json()) as { details: Record<string, { status: string; message: string }> };
    expect(ready.status).toBe(503);
    expect(details.kafka.status).toBe('down');
    expect(details.kafka.message).toContain(`waiting for ${env.KAFKA_BROKERS}`);
    expect(await (await fetch(`${internal}/metrics`)).text()).toContain('parley_engine_up{engine="cassandra"} 0');

    const gone = once(child, 'exit');
    child.kill('SIGTERM');
    expect(await gone).toEqual([0, null]);
    for (const secret of Object.values(DEVELOPMENT_SECRETS)) expect(lines.join('\n')).not.toContain(secret);
  });

  it('router-worker says so and ends where its internal port is taken by another one', async () => {
    const env = await environment();
    child = spawn(process.execPath, [mainOf('router-worker')], { env: { PATH: process.env.PATH, ...env } });
    for await (const line of createInterface({ input: child.stdout! })) if (line.includes('waiting for')) break;
    const { code, output } = await runToEnd('router-worker', env);
    expect(code).toBe(1);
    expect(output).toContain(`address already in use 127.0.0.1:${env.OPS_PORT}`);
  });
});
