import { join } from 'node:path';
import { FileSigningKeys } from '@parley/tokens';
import { createRemoteJWKSet, jwtVerify } from 'jose';
import { describe, expect, it } from 'vitest';
import { standaloneUnderTest } from './server-under-test.js';

describe('A signing key that is changed', () => {
  const server = standaloneUnderTest();

  /** By what anybody can read at the root of the public port. */
  const verifyOutside = (token: string) => {
    const keys = createRemoteJWKSet(new URL('/.well-known/jwks.json', server.url));
    return jwtVerify(token, keys, { issuer: 'parley', audience: 'parley', typ: 'at+jwt' });
  };
  const rotate = async (): Promise<void> => {
    await FileSigningKeys.rotate(join(server.running.dataDir, 'signing-key.json'));
    await server.running.restart('SIGTERM');
  };

  it('leaves tokens of the key before good, here and for whoever reads the key set, until the next change', async () => {
    const [alice] = await server.users('alice');
    const old = alice.api.accessToken;
    const statusOf = async (token: string) => {
      const headers = { authorization: `Bearer ${token}` };
      return (await alice.api.request('GET', '/users/me', { headers })).status;
    };
    await expect(verifyOutside(old)).resolves.toMatchObject({ payload: { sub: alice.userId } });

    await rotate();
    const client = await alice.online();
    const { access_token: present } = await alice.api.refresh();
    expect(await Promise.all([old, present].map(statusOf))).toEqual([200, 200]);
    await Promise.all([old, present].map(verifyOutside));
    client.disconnect();

    await rotate();
    expect(await Promise.all([old, present].map(statusOf))).toEqual([401, 200]);
    await expect(verifyOutside(old)).rejects.toThrow(/no applicable key/);
    const refused = alice.device('tablet', { token: () => old }).connect();
    await expect(refused.ready()).rejects.toMatchObject({ message: 'unauthorized' });
  });
});
