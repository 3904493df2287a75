import { base64url, exportJWK, generateKeyPair, SignJWT, type JWTHeaderParameters } from 'jose';
import { beforeAll, describe, expect, it } from 'vitest';
import { AccessTokens } from './access-tokens.js';
import { EphemeralSigningKeys } from './testing/index.js';

const NOW = Date.UTC(2026, 0, 1);
const options = { issuer: 'parley', audience: 'parley-api', ttlSeconds: 900 };
const unauthorized = expect.objectContaining({ ok: false, code: 'unauthorized' });

let keys: EphemeralSigningKeys;
let now = NOW;
let tokens: AccessTokens;

beforeAll(async () => {
  keys = await EphemeralSigningKeys.create();
  tokens = new AccessTokens(keys, options, () => now);
});

const claims = (more: object = {}) => ({
  sub: '42',
  sid: 'family-1',
  iss: 'parley',
  aud: 'parley-api',
  iat: NOW / 1_000,
  exp: NOW / 1_000 + 60,
  ...more,
});

function sign(payload: Record<string, unknown>, header: Partial<JWTHeaderParameters> = {}) {
  const { kid, privateKey } = keys.current();
  return new SignJWT(payload).setProtectedHeader({ alg: 'EdDSA', typ: 'at+jwt', kid, ...header }).sign(privateKey);
}

describe('AccessTokens', () => {
  it('accepts what it issued, until the moment of expiry', async () => {
    const token = await tokens.issue('42', 'family-1');
    expect(await tokens.verify(token)).toEqual({
      ok: true,
      userId: '42',
      family: 'family-1',
      expiresAt: NOW + 900_000,
    });
    now = NOW + 899_999;
    expect(await tokens.verify(token)).toMatchObject({ ok: true });
    now = NOW + 900_000;
    expect(await tokens.verify(token)).toMatchObject({ ok: false, code: 'token_expired' });
    now = NOW;
  });

  it('still accepts a token of the previous key after a rotation', async () => {
    const before = await tokens.issue('42', 'family-1');
    await keys.rotate();
    expect(await tokens.verify(before)).toMatchObject({ ok: true });
    expect(await tokens.verify(await tokens.issue('42', 'family-1'))).toMatchObject({ ok: true });
  });

  it('refuses anything that is not a token, whatever its JSON type', async () => {
    const values: unknown[] = [
      undefined,
      null,
      0,
      true,
      {},
      [],
      ['a'],
      { toString: 1 },
      '',
      'a',
      'a.b',
      'a.b.c',
      '..',
      '\u0000',
      'ey..',
    ];
    for (const value of values) expect(await tokens.verify(value)).toEqual(unauthorized);
  });

  it('refuses an oversized token unread, even a valid one', async () => {
    expect(await tokens.verify(await sign(claims({ extra: 'x'.repeat(8_192) })))).toEqual(unauthorized);
    expect(await tokens.verify('a'.repeat(1_000_000))).toEqual(unauthorized);
  });

  it('refuses `none` and every algorithm but its own', async () => {
    const encode = (value: object) => base64url.encode(JSON.stringify(value));
    for (const alg of ['none', 'None', 'NONE', '']) {
      const forged = `${encode({ alg, typ: 'at+jwt', kid: keys.current().kid })}.${encode(claims())}.`;
      expect(await tokens.verify(forged)).toEqual(unauthorized);
    }
    const symmetric = await new SignJWT(claims())
      .setProtectedHeader({ alg: 'HS256', typ: 'at+jwt', kid: keys.current().kid })
      .sign(Buffer.alloc(32, 1));
    expect(await tokens.verify(symmetric)).toEqual(unauthorized);
  });

  it('refuses a symmetric signature made with the public key, which everybody can read', async () => {
    const [{ x, kid }] = keys.published();
    const secrets = [Buffer.from(x, 'base64url'), Buffer.from(JSON.stringify(keys.published()[0]))];
    for (const secret of secrets) {
      const header = { alg: 'HS256', typ: 'at+jwt', kid };
      const token = await new SignJWT(claims()).setProtectedHeader(header).sign(secret);
      expect(await tokens.verify(token)).toEqual(unauthorized);
    }
  });

  it('looks a key up by no more than its exact name', async () => {
    const { kid } = keys.current();
    const names = ['__proto__', 'constructor', 'toString', '../key', `${kid}\0`, ` ${kid}`, "' OR 1=1 --", '*'];
    for (const name of names) expect(await tokens.verify(await sign(claims(), { kid: name }))).toEqual(unauthorized);
  });

  it('refuses a token that brings or names a key of its own', async () => {
    const { privateKey, publicKey } = await generateKeyPair('EdDSA', { crv: 'Ed25519' });
    const jwk = await exportJWK(publicKey);
    const foreign = (header: object) =>
      new SignJWT(claims()).setProtectedHeader({ alg: 'EdDSA', typ: 'at+jwt', ...header }).sign(privateKey);
    const { kid } = keys.current();
    for (const header of [{}, { kid }, { kid: 'unknown' }, { kid, jwk }, { kid: '' }]) {
      expect(await tokens.verify(await foreign(header))).toEqual(unauthorized);
    }
    for (const header of [
      { jwk },
      { jku: 'https://example.test/keys' },
      { x5u: 'https://example.test/c' },
      { x5c: [] },
    ]) {
      expect(await tokens.verify(await sign(claims(), header))).toEqual(unauthorized);
    }
  });

  it('refuses a token of another type, issuer or audience, and one without a claim it needs', async () => {
    expect(await tokens.verify(await sign(claims()))).toMatchObject({ ok: true });
    expect(await tokens.verify(await sign(claims(), { typ: 'JWT' }))).toEqual(unauthorized);
    expect(await tokens.verify(await sign(claims(), { typ: undefined }))).toEqual(unauthorized);
    const faults = [
      { iss: 'other' },
      { aud: 'other' },
      { sub: undefined },
      { sub: 'alice' },
      { sub: 42 },
      { sid: undefined },
      { sid: { $ne: 1 } },
      { sid: '' },
      { exp: undefined },
      { exp: 'tomorrow' },
      { exp: NOW / 1_000 + 0.5 },
      { iat: undefined },
      { nbf: NOW / 1_000 + 30 },
    ];
    for (const fault of faults) expect(await tokens.verify(await sign(claims(fault)))).toEqual(unauthorized);
  });

  it('refuses a token whose signature or claims were changed', async () => {
    const [header, payload, signature] = (await tokens.issue('42', 'family-1')).split('.') as [string, string, string];
    const other = base64url.encode(JSON.stringify(claims({ sub: '43' })));
    expect(await tokens.verify(`${header}.${other}.${signature}`)).toEqual(unauthorized);
    expect(await tokens.verify(`${header}.${payload}.${signature.slice(0, -4)}AAAA`)).toEqual(unauthorized);
    expect(await tokens.verify(`${header}.${payload}.`)).toEqual(unauthorized);
  });
});
