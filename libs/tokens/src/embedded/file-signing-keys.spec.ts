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

const open = async (path: string) => new AccessTokens(await FileSigningKeys.open(path), options);
const rotated = async (path: string) => FileSigningKeys.rotate(path).then(() => open(path));

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

  it('changes the key with an overlap of one: the key before is accepted, the one before that is not', async () => {
    const path = join(folder, 'signing-key.json');
    const [first, second, third] = [await open(path), await rotated(path), await rotated(path)];
    const [old, present, newest] = await Promise.all([first, second, third].map((each) => each.issue('42', 'f')));
    expect(await second.verify(old)).toMatchObject({ ok: true });
    expect(await second.verify(present)).toMatchObject({ ok: true });
    expect(await third.verify(old)).toMatchObject({ code: 'unauthorized' });
    expect(await third.verify(present)).toMatchObject({ ok: true });
    expect(await third.verify(newest)).toMatchObject({ ok: true });
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    // Of the key before only the public half is kept.
    expect((await readFile(path, 'utf8')).match(/"d":/g)).toHaveLength(1);
  });

  it('changes no key that is not there: whoever mistook the path would think that it was changed', async () => {
    const path = join(folder, 'signing-kye.json');
    await expect(FileSigningKeys.rotate(path)).rejects.toThrow(path);
    expect(await readdir(folder)).toEqual([]);
  });

  it('publishes the public halves alone, the current key first', async () => {
    const path = join(folder, 'signing-key.json');
    await open(path);
    await rotated(path);
    const keys = await FileSigningKeys.open(path);
    expect(keys.published()).toHaveLength(2);
    expect(keys.published()[0].kid).toBe(keys.current().kid);
    for (const key of keys.published())
      expect(Object.keys(key).sort()).toEqual(['alg', 'crv', 'kid', 'kty', 'use', 'x']);
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
