import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { ApiClient, StandaloneProcess, type ChatClient, type TestUser } from '@parley/harness';
import { describe, expect, it, vi } from 'vitest';
import { range } from './entries.js';
import { standaloneUnderTest } from './server-under-test.js';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
const PASSWORD = 'a password from standard input';

/** `npm run admin -- ...` on a data folder. */
async function admin(dataDir: string, args: string[], input = ''): Promise<{ code: number | null; output: string }> {
  const child = spawn(process.execPath, ['--import', 'tsx', 'tools/admin/main.ts', ...args], {
    cwd: ROOT,
    env: { PATH: process.env.PATH, DATA_DIR: dataDir, TSX_TSCONFIG_PATH: 'tsconfig.spec.json' },
  });
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  child.stdin.end(input);
  const [output, errors, code] = await Promise.all([text(child.stdout), text(child.stderr), ended]);
  return { code, output: output + errors };
}

async function operatorOn(url: string, handle: string, password: string): Promise<ApiClient> {
  const api = new ApiClient(url);
  await api.login(handle, password);
  return api;
}

const statusOf = async (api: ApiClient, path: string): Promise<number> => (await api.request('GET', path)).status;

describe('npm run admin', () => {
  it('makes the first operator beside a running server, and changes operators while none runs', async () => {
    const server = await StandaloneProcess.start();
    try {
      const created = await admin(server.dataDir, ['create', 'Root', '--password-stdin'], `${PASSWORD}\n`);
      expect(created).toMatchObject({ code: 0, output: expect.stringContaining('root is an operator') });
      expect(created.output).not.toContain(PASSWORD);
      const root = await operatorOn(server.url, 'root', PASSWORD);
      expect(await statusOf(root, '/admin/lag')).toBe(200);

      await server.kill('SIGTERM');
      const other = await admin(server.dataDir, ['create', 'other']);
      const [, generated] = /^password {2}(\S{24})$/m.exec(other.output) ?? [];

      await server.start();
      const api = await operatorOn(server.url, 'other', generated);
      expect(await admin(server.dataDir, ['dismiss', 'root'])).toMatchObject({ code: 0 });
      expect(await statusOf(root, '/admin/lag')).toBe(403);
      const audit = await api.call<{ items: { action: string; outcome: string }[] }>('GET', '/admin/audit');
      expect(audit.items.slice(1).map(({ action, outcome }) => `${action}: ${outcome}`)).toEqual([
        'npm run admin dismiss: done',
        'npm run admin create: done',
        'GET /api/v1/admin/lag: done',
        'npm run admin create: done',
      ]);
    } finally {
      await server.stop();
    }
  }, 120_000);

  it('makes nobody in a folder that no server was started in', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'parley-admin-'));
    const empty = await admin(folder, ['list']);
    expect(empty).toMatchObject({ code: 1, output: expect.stringContaining('start the server once') });
    rmSync(folder, { recursive: true });
  });
});

describe('An account that is disabled', () => {
  const server = standaloneUnderTest();
  let root: ApiClient | null = null;
  const operator = async (): Promise<ApiClient> => {
    if (root) return root;
    await admin(server.running.dataDir, ['create', 'root', '--password-stdin'], PASSWORD);
    return (root = await operatorOn(server.url, 'root', PASSWORD));
  };
  const disable = async ({ userId }: TestUser) => (await operator()).call('PUT', `/admin/users/${userId}/disabled`);
  const untilClosed = (client: ChatClient) =>
    client.until(() => client.closings.length > 0 && !client.socket.connected, { timeoutMs: 5_000 });

  it('loses its sessions within 5 s and keeps its data for when it is enabled', async () => {
    const [alice, bob] = await server.users('alice', 'bob');
    const { conversation_id: id } = await alice.api.direct(bob.userId);
    const devices = await Promise.all([alice.online('phone'), alice.online('laptop')]);
    const his = await bob.online();
    await disable(alice);
    await Promise.all(devices.map(untilClosed));
    for (const { closings } of devices) expect(closings).toMatchObject([{ code: 'revoked', reconnect: false }]);
    expect(await his.send(id, 'are you there?')).toMatchObject({ ok: true });

    await (await operator()).call('DELETE', `/admin/users/${alice.userId}/disabled`);
    await alice.api.login(alice.handle, alice.password);
    const hers = await alice.online('phone');
    await hers.untilShown(id, 2);
  });

  it('has no login, token or session left, whatever began at the same moment', async () => {
    const [alice] = await server.users('alice');
    const logins = await Promise.all(range(1, 4).map(() => alice.api.login(alice.handle, alice.password)));
    const attempts = range(1, 6).map(() => new ApiClient(server.url));
    const tokens = [...logins.map(({ access_token }) => access_token)];
    const note = (token: string | undefined) => token !== undefined && tokens.push(token);
    const devices = logins.map(({ access_token }, n) => alice.device(`device-${n}`, { token: () => access_token }));

    const disabling = disable(alice);
    for (const device of devices) device.connect();
    await Promise.all([
      disabling,
      ...attempts.map(async (api) => {
        const body = { handle: alice.handle, password: alice.password };
        const answer = await api.request<{ access_token?: string }>('POST', '/auth/login', { body });
        note(answer.body.access_token);
      }),
      ...logins.map(async ({ refresh_token }) => {
        const answer = await alice.api.request<{ access_token?: string }>('POST', '/auth/refresh', {
          body: { refresh_token },
        });
        note(answer.body.access_token);
      }),
    ]);

    await vi.waitFor(
      () => expect(devices.map(({ socket }) => socket.connected)).toEqual(devices.map(() => false)),
      5_000,
    );
    await vi.waitFor(async () => {
      const asked = tokens.map((token) =>
        fetch(`${server.url}/api/v1/users/me`, { headers: { authorization: `Bearer ${token}` } }),
      );
      expect((await Promise.all(asked)).map(({ status }) => status)).toEqual(tokens.map(() => 401));
    }, 5_000);
    const late = alice.device('late', { token: () => tokens.at(-1) ?? '' }).connect();
    await late.until(() => late.refusals.length > 0);
    expect(late.refusals[0]).toMatchObject({ message: 'unauthorized' });
  });
});
