import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startApi, type ApiUnderTest } from './api-under-test.js';
import { call, expectProblem, register, type Call } from './requests.js';

let api: ApiUnderTest;
const to = (route: string, more: Call = {}) => call(api.origin, route, more);
const logIn = (handle: string, password: string) => to('POST /auth/login', { body: { handle, password } });
const refresh = (refresh_token: string) => to('POST /auth/refresh', { body: { refresh_token } });

beforeEach(async () => {
  api = await startApi();
});

afterEach(() => api.close());

describe('accounts', () => {
  it('signs a new account in at once and keeps its handle in lower case', async () => {
    const answer = await to('POST /auth/register', {
      body: { handle: 'Al_ice.1', password: 'correct horse', display_name: 'Alice 🎈' },
    });
    expect(answer.status).toBe(201);
    expect(answer.body).toEqual({
      user: {
        user_id: expect.stringMatching(/^[1-9][0-9]{0,18}$/),
        handle: 'al_ice.1',
        display_name: 'Alice 🎈',
        avatar_url: null,
        created_at: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
      },
      access_token: expect.any(String),
      refresh_token: expect.any(String),
      token_type: 'Bearer',
      expires_in: 900,
    });
    const me = await to('GET /users/me', { token: answer.body.access_token });
    expect(me.body).toEqual(answer.body.user);
  });

  it('refuses handles and passwords outside their rules, and names the field', async () => {
    const bad = [
      ['handle', { handle: 'al', password: 'correct horse' }],
      ['handle', { handle: 'a'.repeat(33), password: 'correct horse' }],
      ['handle', { handle: 'alice!', password: 'correct horse' }],
      ['handle', { handle: 42, password: 'correct horse' }],
      ['handle', { password: 'correct horse' }],
      ['password', { handle: 'alice', password: '7 chars' }],
      ['password', { handle: 'alice', password: 'x'.repeat(129) }],
      ['password', { handle: 'alice', password: 'eight\u0000chars' }],
      ['password', { handle: 'alice', password: null }],
      ['display_name', { handle: 'alice', password: 'correct horse', display_name: '' }],
    ] as const;
    for (const [path, body] of bad) {
      const answer = await to('POST /auth/register', { body });
      expectProblem(answer, 'validation_failed');
      expect(answer.body.errors[0].path).toBe(path);
    }
  });

  it('gives a handle to one account, whatever its case and however many ask at once', async () => {
    const body = (handle: string) => ({ body: { handle, password: 'correct horse' } });
    const answers = await Promise.all(
      ['alice', 'Alice', 'ALICE'].map((handle) => to('POST /auth/register', body(handle))),
    );
    expect(answers.map(({ status }) => status).toSorted()).toEqual([201, 409, 409]);
    expectProblem(await to('POST /auth/register', body('aLiCe')), 'handle_taken');
  });

  it('answers a wrong password and an unknown handle alike', async () => {
    await register(api.origin, 'alice');
    const wrong = await logIn('alice', 'wrong horse');
    const unknown = await logIn('nobody', 'wrong horse');
    const impossible = await logIn('no such handle!', 'x');
    for (const answer of [wrong, unknown, impossible]) expectProblem(answer, 'invalid_credentials');
    const textOf = ({ body }: { body: object }) => ({ ...body, request_id: '' });
    expect(textOf(unknown)).toEqual(textOf(wrong));
    expect((await logIn('ALICE', 'correct horse')).status).toBe(200);
  });

  it('refuses an account after 20 wrong passwords in a minute, the right one included, and no other account', async () => {
    await register(api.origin, 'alice');
    await register(api.origin, 'bob');
    for (let attempt = 0; attempt < 20; attempt++)
      expectProblem(await logIn('alice', 'wrong horse'), 'invalid_credentials');
    expectProblem(await logIn('Alice', 'correct horse'), 'rate_limited');
    const limited = await logIn('alice', 'wrong horse');
    expectProblem(limited, 'rate_limited');
    expect(limited.body.retry_after_ms).toBeLessThanOrEqual(3_000);
    expect(limited.headers.get('retry-after')).toMatch(/^[123]$/);
    expect((await logIn('bob', 'correct horse')).status).toBe(200);
  });

  it('does not count right passwords against the account', async () => {
    await register(api.origin, 'alice');
    for (let attempt = 0; attempt < 30; attempt++) expect((await logIn('alice', 'correct horse')).status).toBe(200);
  });

  it('limits attempts from one address, over all accounts', async () => {
    const strict = await startApi({ loginsPerAddress: 3, registrationsPerAddress: 2 });
    try {
      await register(strict.origin, 'alice');
      await register(strict.origin, 'bob');
      const third = await call(strict.origin, 'POST /auth/register', {
        body: { handle: 'eve', password: 'correct horse' },
      });
      expectProblem(third, 'rate_limited');
      for (const handle of ['alice', 'bob', 'eve']) {
        await call(strict.origin, 'POST /auth/login', { body: { handle, password: 'correct horse' } });
      }
      const fourth = await call(strict.origin, 'POST /auth/login', {
        body: { handle: 'alice', password: 'correct horse' },
      });
      expectProblem(fourth, 'rate_limited');
    } finally {
      await strict.close();
    }
  });

  it('exchanges a refresh token once; a second use ends the login with all its tokens', async () => {
    const { refresh_token: first } = await register(api.origin, 'alice');
    const second = await refresh(first);
    expect(second.status).toBe(200);
    expect(Object.keys(second.body).toSorted()).toEqual(['access_token', 'expires_in', 'refresh_token', 'token_type']);
    expect((await to('GET /users/me', { token: second.body.access_token })).status).toBe(200);
    expectProblem(await refresh(first), 'token_reused');
    expectProblem(await to('GET /users/me', { token: second.body.access_token }), 'unauthorized');
    expectProblem(await refresh(second.body.refresh_token), 'unauthorized');
  });

  it('lets one of two uses at the same moment through', async () => {
    const { refresh_token } = await register(api.origin, 'alice');
    const answers = await Promise.all([refresh(refresh_token), refresh(refresh_token)]);
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 401]);
  });

  it('refuses refresh tokens that never were', async () => {
    for (const token of ['x', 'A'.repeat(43), 'ключ']) expectProblem(await refresh(token), 'unauthorized');
    for (const body of [{}, { refresh_token: 1 }, { refresh_token: 'x'.repeat(513) }]) {
      expectProblem(await to('POST /auth/refresh', { body }), 'validation_failed');
    }
  });

  it('ends one login with logout, and leaves the other logins of the user alone', async () => {
    const here = await register(api.origin, 'alice');
    const there = (await logIn('alice', 'correct horse')).body;
    const logout = { body: { refresh_token: here.refresh_token } };
    expect((await to('POST /auth/logout', logout)).status).toBe(204);
    expect((await to('POST /auth/logout', logout)).status).toBe(204);
    expectProblem(await to('GET /users/me', { token: here.access_token }), 'unauthorized');
    expectProblem(await refresh(here.refresh_token), 'unauthorized');
    expect((await to('GET /users/me', { token: there.access_token })).status).toBe(200);
    expect((await refresh(there.refresh_token)).status).toBe(200);
  });
});

describe('users', () => {
  it('are found by id, and by handle in any case, by everybody who is signed in', async () => {
    const { user } = await register(api.origin, 'alice');
    const { access_token: token } = await register(api.origin, 'bob');
    expect((await to(`GET /users/${user.user_id}`, { token })).body).toEqual(user);
    const found = await to('GET /users?handle=ALICE', { token });
    expect(found.body).toEqual({ items: [user], next_cursor: null });
    expect((await to('GET /users?handle=nobody', { token })).body).toEqual({ items: [], next_cursor: null });
    expectProblem(await to('GET /users', { token }), 'validation_failed');
    expectProblem(await to('GET /users?handle=a', { token }), 'validation_failed');
  });

  it('change what they give of their profile, and clear it with null', async () => {
    const { user, access_token: token } = await register(api.origin, 'alice');
    const patch = async (body: unknown) => (await to('PATCH /users/me', { token, body })).body;
    const avatar_url = 'https://example.test/a.png?s=1';
    expect(await patch({ display_name: 'Alice', avatar_url })).toEqual({ ...user, display_name: 'Alice', avatar_url });
    expect(await patch({ display_name: null })).toEqual({ ...user, avatar_url });
    expect((await to('PATCH /users/me', { token })).body).toEqual({ ...user, avatar_url });
  });

  it('refuse avatars that are not plain https addresses', async () => {
    const { access_token: token } = await register(api.origin, 'alice');
    const bad = [
      'http://a.test',
      'javascript:alert(1)',
      '//a.test',
      'https://me:pw@a.test',
      `https://a.test/${'x'.repeat(2_048)}`,
      1,
    ];
    for (const avatar_url of bad) {
      expectProblem(await to('PATCH /users/me', { token, body: { avatar_url } }), 'validation_failed');
    }
  });
});
