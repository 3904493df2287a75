import type { TestingModule } from '@nestjs/testing';
import { Test } from '@nestjs/testing';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { SignedInView } from '@parley/contracts';
import { ConversationDirectory, Outbox, PostgresModule, TokenFamilies, UserDirectory } from '@parley/entities';
import { TemporaryPostgres } from '@parley/entities/testing';
import { AccessTokens } from '@parley/tokens';
import { EphemeralSigningKeys } from '@parley/tokens/testing';
import { startApi, type ApiUnderTest } from './api-under-test.js';
import { call, expectProblem, register, type Call } from './requests.js';

/** The API on a real PostgreSQL; what it keeps there outlives it. */
let server: TemporaryPostgres;
let tokens: AccessTokens;
let postgres: TestingModule;
let api: ApiUnderTest;

beforeAll(async () => {
  server = await TemporaryPostgres.start();
  tokens = new AccessTokens(await EphemeralSigningKeys.create(), {
    issuer: 'parley',
    audience: 'api',
    ttlSeconds: 900,
  });
});

afterAll(() => server.stop());

beforeEach(async () => {
  await server.empty();
  await start();
});

afterEach(() => stop());

async function start(): Promise<void> {
  postgres = await Test.createTestingModule({ imports: [PostgresModule.forRoot(server.connection)] }).compile();
  await postgres.init();
  const ports = [UserDirectory, TokenFamilies, ConversationDirectory, Outbox];
  api = await startApi({}, [
    { provide: AccessTokens, useValue: tokens },
    ...ports.map((port) => ({ provide: port, useValue: postgres.get<unknown>(port) })),
  ]);
}

async function stop(): Promise<void> {
  await api.close();
  await postgres.close();
}

const as = (user: SignedInView, route: string, more: Call = {}) =>
  call(api.origin, route, { token: user.access_token, ...more });
const refresh = (refresh_token: string) => call(api.origin, 'POST /auth/refresh', { body: { refresh_token } });

describe('accounts in PostgreSQL', () => {
  it('are what they were after a restart: profile, access token, refresh token and revocations', async () => {
    const alice = await register(api.origin, 'alice');
    const bob = await register(api.origin, 'bob');
    const next = (await refresh(alice.refresh_token)).body;
    await as(alice, 'PATCH /users/me', { body: { display_name: 'Älice' } });
    await call(api.origin, 'POST /auth/logout', { body: { refresh_token: bob.refresh_token } });
    await stop();
    await start();
    expect((await as(alice, 'GET /users/me')).body).toEqual({ ...alice.user, display_name: 'Älice' });
    expectProblem(await as(bob, 'GET /users/me'), 'unauthorized');
    expect((await refresh(next.refresh_token)).status).toBe(200);
    expectProblem(await refresh(alice.refresh_token), 'token_reused');
    expectProblem(await as(alice, 'GET /users/me'), 'unauthorized');
    const login = { body: { handle: 'ALICE', password: 'correct horse' } };
    expect((await call(api.origin, 'POST /auth/login', login)).status).toBe(200);
  });

  it('have one owner of a handle when many ask for it at once', async () => {
    const attempts = Array.from({ length: 10 }, () =>
      call(api.origin, 'POST /auth/register', { body: { handle: 'alice', password: 'correct horse' } }),
    );
    const statuses = (await Promise.all(attempts)).map(({ status }) => status);
    expect(statuses.filter((status) => status === 201)).toHaveLength(1);
    expect(statuses.filter((status) => status === 409)).toHaveLength(9);
  });

  it('let one of many uses of a refresh token through', async () => {
    const { refresh_token } = await register(api.origin, 'alice');
    const statuses = (await Promise.all(Array.from({ length: 10 }, () => refresh(refresh_token)))).map(
      ({ status }) => status,
    );
    expect(statuses.filter((status) => status === 200)).toHaveLength(1);
    expect(statuses.filter((status) => status === 401)).toHaveLength(9);
  });
});

describe('conversations in PostgreSQL', () => {
  it('are one direct conversation for both sides under concurrency, ready for whoever is answered', async () => {
    const [alice, bob] = await Promise.all([register(api.origin, 'alice'), register(api.origin, 'bob')]);
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, i) => {
        const [user, peer] = i % 2 ? [alice, bob] : [bob, alice];
        return as(user, 'POST /conversations/direct', { body: { user_id: peer.user.user_id } });
      }),
    );
    expect(answers.filter(({ status }) => status >= 300).map(({ body }) => body)).toEqual([]);
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
    expect(new Set(answers.map(({ body }) => body.conversation_id)).size).toBe(1);
    expect(api.log.changes).toHaveLength(1);
  });

  it('answer each of many simultaneous changes with a seq of its own, dense and in one order', async () => {
    const handles = ['alice', 'bob', 'carol', 'dave', 'erin', 'frank'];
    const [alice, ...others] = await Promise.all(handles.map((handle) => register(api.origin, handle)));
    const group = (await as(alice, 'POST /groups', { body: { title: 'Trip', member_ids: [] } })).body.conversation_id;
    const added = await Promise.all(
      others.map(({ user }) => as(alice, `PUT /groups/${group}/members/${user.user_id}`)),
    );
    expect(added.map(({ status }) => status)).toEqual([201, 201, 201, 201, 201]);
    expect(added.map(({ body }) => body.seq).toSorted()).toEqual([2, 3, 4, 5, 6]);
    expect(api.log.changes.map(({ version }) => version)).toEqual([1, 2, 3, 4, 5, 6]);
    const shown = await as(others[0], `GET /groups/${group}`);
    expect(shown.body).toMatchObject({ member_count: 6, role: 'member' });
    await vi.waitFor(async () => expect(await postgres.get(Outbox).unpublished(10)).toEqual([]));
  });

  it('publish after a start what was decided before a crash', async () => {
    const alice = await register(api.origin, 'alice');
    const decided = await stop().then(async () => {
      postgres = await Test.createTestingModule({ imports: [PostgresModule.forRoot(server.connection)] }).compile();
      const outcome = await postgres.get(ConversationDirectory).createGroup({
        conversationId: '77',
        messageId: '78',
        actorId: alice.user.user_id,
        now: Date.now(),
        replyTo: { gateway: 'gone', incarnation: 'gone' },
        title: 'Trip',
        memberIds: [],
      });
      await postgres.close();
      return outcome;
    });
    expect(decided).toMatchObject({ decision: 'changed' });
    await start();
    await vi.waitFor(async () => expect((await as(alice, 'GET /groups/77')).status).toBe(200), { timeout: 3_000 });
  });
});
