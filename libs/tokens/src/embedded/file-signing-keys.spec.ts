import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { AccessTokens } from '../access-tokens.js';
import { openFileSecret } from './file-secret.js';
import { FileSigningKeys } from './file-signing-keys.js';

const options = { issuer: 'parley', audience: 'parley-api', ttlSeconds: 900 };
let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'parley-keys-'));
});

afterEach(() => rm(folder, { recursive: true }));

describe('FileSigningKeys', () => {
  it('keeps its key over a restart, so that tokens stay valid', async () => {
    const path = join(folder, 'signing-key.json');
    const token = await new AccessTokens(await FileSigningKeys.open(path), options).issue('42', 'f');
    const again = new AccessTokens(await FileSigningKeys.open(path), options);
    expect(await again.verify(token)).toMatchObject({ ok: true, userId: '42' });
  });

  it('lets only the owner read the file and leaves nothing beside it', async () => {
    await FileSigningKeys.open(join(folder, 'signing-key.json'));
    expect(await readdir(folder)).toEqual(['signing-key.json']);
    expect((await stat(join(folder, 'signing-key.json'))).mode & 0o777).toBe(0o600);
  });

  it('says which file is broken and what to do, and never overwrites it', async () => {
    const path = join(folder, 'signing-key.json');
    for (const broken of [
      '',
      '{',
      '{}',
      'null',
      '{"kty":"oct","k":"AAAA"}',
      '{"kty":"OKP","crv":"Ed25519","x":"AAAA"}',
    ]) {
      await writeFile(path, broken);
      await expect(FileSigningKeys.open(path)).rejects.toThrow(`${path} is not a signing key`);
      expect(await readFile(path, 'utf8')).toBe(broken);
    }
  });

  it('fails when the folder is not there instead of going on with a key that would be lost', async () => {
    await expect(FileSigningKeys.open(join(folder, 'absent', 'key.json'))).rejects.toThrow('ENOENT');
  });
});

describe('openFileSecret', () => {
  it('gives the same 32 bytes at every start, from a file of the owner', async () => {
    const path = join(folder, 'secret');
    const secret = await openFileSecret(path);
    expect(secret.byteLength).toBe(32);
    expect(await openFileSecret(path)).toEqual(secret);
    expect((await stat(path)).mode & 0o777).toBe(0o600);
  });

  it('refuses a file that holds something else', async () => {
    const path = join(folder, 'secret');
    await writeFile(path, 'changeme\n');
    await expect(openFileSecret(path)).rejects.toThrow(`${path} is not a server secret`);
  });
});
