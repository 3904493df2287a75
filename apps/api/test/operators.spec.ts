import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { EngineUnavailable, type SignedInView } from '@parley/contracts';
import { AuditTrail, OperatorDirectory } from '@parley/entities';
import { GatewayLeases, SessionRegistry } from '@parley/sessions';
import { Signals } from '@parley/signals';
import { startApi, type ApiUnderTest } from './api-under-test.js';
import { call, expectProblem, register, type Call } from './requests.js';
import type { InMemoryAudit } from './twins/audit.js';

let api: ApiUnderTest;
let root: SignedInView;
let alice: SignedInView;
let bob: SignedInView;
let audit: InMemoryAudit;
const as = (user: SignedInView, route: string, more: Call = {}) =>
  call(api.origin, route, { token: user.access_token, ...more });
const idOf = ({ user }: SignedInView) => user.user_id;
const logIn = (handle: string) => call(api.origin, 'POST /auth/login', { body: { handle, password: 'correct horse' } });

beforeEach(async () => {
  api = await startApi();
  [root, alice, bob] = await Promise.all(['root', 'alice', 'bob'].map((handle) => register(api.origin, handle)));
  await api.app.get(OperatorDirectory).appoint(idOf(root), 0);
  audit = api.app.get<InMemoryAudit>(AuditTrail);
});

afterEach(() => api.close());

const routes = () => [
  'GET /admin/users?handle=alice',
  `GET /admin/users/${idOf(alice)}`,
  `PUT /admin/users/${idOf(bob)}/disabled`,
  `DELETE /admin/users/${idOf(bob)}/disabled`,
  `PUT /admin/operators/${idOf(bob)}`,
  `DELETE /admin/operators/${idOf(bob)}`,
  'GET /admin/conversations/4711',
  'GET /admin/lag',
  'GET /admin/audit',
];

describe('the routes of operators', () => {
  it('are forbidden to everybody else, who leave no line in the audit', async () => {
    for (const route of routes()) {
      expectProblem(await call(api.origin, route), 'unauthorized');
      expectProblem(await as(alice, route), 'forbidden');
    }
    expect(audit.records).toEqual([]);
  });

  it('are closed from the next request on to an operator who was dismissed or disabled', async () => {
    await as(root, `PUT /admin/operators/${idOf(alice)}`);
    expect((await as(alice, 'GET /admin/lag')).status).toBe(200);
    await as(root, `DELETE /admin/operators/${idOf(alice)}`);
    expectProblem(await as(alice, 'GET /admin/lag'), 'forbidden');
    await as(root, `PUT /admin/operators/${idOf(bob)}`);
    expect((await as(bob, 'GET /admin/lag')).status).toBe(200);
    await as(root, `PUT /admin/users/${idOf(bob)}/disabled`);
    expectProblem(await as(bob, 'GET /admin/lag'), 'unauthorized');
  });

  it('refuse what names nobody, and query parameters that they do not take', async () => {
    for (const id of ['4711', 'x', '0']) {
      for (const method of ['PUT', 'DELETE']) {
        expectProblem(await as(root, `${method} /admin/users/${id}/disabled`), 'not_found');
        expectProblem(await as(root, `${method} /admin/operators/${id}`), 'not_found');
      }
      expectProblem(await as(root, `GET /admin/users/${id}`), 'not_found');
      expectProblem(await as(root, `GET /admin/conversations/${id}`), 'not_found');
    }
    expectProblem(await as(root, 'GET /admin/lag?x=1'), 'validation_failed');
    expectProblem(await as(root, 'GET /admin/users?handle=%00'), 'validation_failed');
  });
});

describe('an account', () => {
  it('is looked up by id and by handle, without anything that lets somebody in', async () => {
    const byId = await as(root, `GET /admin/users/${idOf(alice)}`);
    const account = { user: alice.user, is_operator: false, disabled_at: null, logins: [], devices: [] };
    expect(byId.body).toEqual(account);
    expect((await as(root, 'GET /admin/users?handle=ALICE')).body).toEqual({ items: [account], next_cursor: null });
    expect((await as(root, 'GET /admin/users?handle=nobody')).body).toEqual({ items: [], next_cursor: null });
    expectProblem(await as(root, 'GET /admin/users?handle=alice&cursor=x'), 'invalid_cursor');
  });

  it('that is disabled can neither log in nor go on, and logs in anew once it is enabled', async () => {
    const signals: unknown[] = [];
    api.app.get(Signals).subscribe((signal) => signals.push(signal));
    for (let i = 0; i < 2; i++) expect((await as(root, `PUT /admin/users/${idOf(alice)}/disabled`)).status).toBe(204);
    expect(signals).toEqual([{ type: 'revoked', family: expect.any(String) }]);
    expectProblem(await logIn('alice'), 'invalid_credentials');
    expectProblem(await as(alice, 'GET /users/me'), 'unauthorized');
    const refreshed = await call(api.origin, 'POST /auth/refresh', { body: { refresh_token: alice.refresh_token } });
    expectProblem(refreshed, 'unauthorized');
    expect((await as(bob, `GET /users/${idOf(alice)}`)).body).toEqual(alice.user);

    for (let i = 0; i < 2; i++)
      expect((await as(root, `DELETE /admin/users/${idOf(alice)}/disabled`)).status).toBe(204);
    const again = await logIn('alice');
    expect(again.status).toBe(200);
    expect((await as(again.body, 'GET /users/me')).body).toEqual(alice.user);
    expectProblem(await as(alice, 'GET /users/me'), 'unauthorized');
  });

  it('answers no other way than a wrong password does when it is disabled, limits included', async () => {
    await as(root, `PUT /admin/users/${idOf(alice)}/disabled`);
    for (let i = 0; i < 20; i++) expectProblem(await logIn('alice'), 'invalid_credentials');
    expectProblem(await logIn('alice'), 'rate_limited');
  });

  it('of the last operator is neither disabled nor dismissed', async () => {
    expectProblem(await as(root, `PUT /admin/users/${idOf(root)}/disabled`), 'conflict');
    expectProblem(await as(root, `DELETE /admin/operators/${idOf(root)}`), 'conflict');
    await as(root, `PUT /admin/operators/${idOf(alice)}`);
    expect((await as(root, `DELETE /admin/operators/${idOf(root)}`)).status).toBe(204);
    expectProblem(await as(root, 'GET /admin/lag'), 'forbidden');
  });
});

describe('a conversation', () => {
  const canary = 'canary-4b1d';

  it('is surveyed without what is said in it', async () => {
    const body = { title: canary, member_ids: [idOf(bob)] };
    const { conversation_id } = (await as(alice, 'POST /groups', { body })).body;
    const survey = await as(root, `GET /admin/conversations/${conversation_id}`);
    expect(survey.body).toMatchObject({
      conversation_id,
      kind: 'group',
      member_count: 2,
      last_seq: 1,
      message_count: 0,
      last_activity_at: expect.any(String),
      fan_out: 'write',
    });
    expect(survey.body.members.map(({ user_id }: { user_id: string }) => user_id).sort()).toEqual(
      [idOf(alice), idOf(bob)].sort(),
    );
    expect(JSON.stringify(survey.body)).not.toContain(canary);
  });

  it('has a delivery plan for its members, with the gateways for operators, and for nobody else', async () => {
    const { conversation_id } = (await as(alice, 'POST /groups', { body: { title: 'Trip', member_ids: [idOf(bob)] } }))
      .body;
    const lease = { gateway: 'gateway-a:4100', incarnation: 'first' };
    await api.app.get(GatewayLeases).take(lease);
    const session = { ...lease, user_id: idOf(bob), device_id: 'phone', session_id: 'session-1', connected_at: 0 };
    await api.app.get(SessionRegistry).register(session);

    const route = `GET /conversations/${conversation_id}/delivery-plan`;
    const member = await as(bob, route);
    expect(member.body).toMatchObject({ conversation_id, member_count: 2, fan_out: 'write', gateways: null });
    expect(member.body.because.join(' ')).toContain(`partition ${member.body.partition} of`);
    expect(audit.records).toEqual([]);
    const operator = await as(root, route);
    expect(operator.body).toEqual({ ...member.body, gateways: [{ gateway: 'gateway-a:4100', sessions: 1 }] });
    expect(audit.records).toMatchObject([{ object: conversation_id, outcome: 'done' }]);
    expectProblem(await as(await register(api.origin, 'eve'), route), 'not_found');
    for (const id of ['4711', 'x']) {
      for (const user of [alice, root])
        expectProblem(await as(user, `GET /conversations/${id}/delivery-plan`), 'not_found');
    }

    await as(alice, `DELETE /groups/${conversation_id}`);
    for (const user of [alice, bob, root]) expectProblem(await as(user, route), 'not_found');
  });
});

it('tells how far the routers are, what is in quarantine and which gateways live', async () => {
  await api.app.get(GatewayLeases).take({ gateway: 'gateway-a:4100', incarnation: 'first' });
  await api.app.get(GatewayLeases).renew({ gateway: 'gateway-a:4100', incarnation: 'first' }, 7);
  expect((await as(root, 'GET /admin/lag')).body).toEqual({
    partitions: [{ partition: 0, committed: 3, end: 5, lag: 2 }],
    quarantined: 0,
    gateways: [{ gateway: 'gateway-a:4100', incarnation: 'first', sessions: 7, lapses_in_ms: expect.any(Number) }],
  });
});

describe('the audit', () => {
  it('names who did what to whom, from where, and what came of it', async () => {
    const headers = { 'x-request-id': 'ticket-17' };
    await as(root, `PUT /admin/users/${idOf(alice)}/disabled`, { headers });
    await as(root, 'GET /admin/users?handle=Bob');
    await as(root, 'GET /admin/users/4711');
    await as(root, 'GET /admin/users/%00');
    const { body } = await as(root, 'GET /admin/audit');
    const by = { actor_id: idOf(root), address: expect.stringContaining('127.0.0.1') };
    expect(body.items).toMatchObject([
      { ...by, action: 'GET /api/v1/admin/audit', object: null, outcome: null, ended_at: null },
      { ...by, action: 'GET /api/v1/admin/users/:user_id', object: null, outcome: 'not_found' },
      { ...by, action: 'GET /api/v1/admin/users/:user_id', object: '4711', outcome: 'not_found' },
      { ...by, action: 'GET /api/v1/admin/users', object: 'bob', outcome: 'done' },
      { ...by, action: 'PUT /api/v1/admin/users/:user_id/disabled', object: idOf(alice), outcome: 'done' },
    ]);
    expect(body.items.at(-1)).toMatchObject({ request_id: 'ticket-17', ended_at: expect.any(String) });
  });

  it('is turned page by page', async () => {
    for (let i = 0; i < 3; i++) await as(root, 'GET /admin/lag');
    const first = await as(root, 'GET /admin/audit?limit=2');
    expect(first.body.items.map(({ action }: { action: string }) => action.split('/').at(-1))).toEqual([
      'audit',
      'lag',
    ]);
    const second = await as(root, `GET /admin/audit?limit=2&cursor=${first.body.next_cursor}`);
    expect(second.body).toMatchObject({ items: [{ audit_id: '2' }, { audit_id: '1' }], next_cursor: null });
    expectProblem(await as(root, 'GET /admin/audit?cursor=x'), 'invalid_cursor');
  });

  it('stands before the deed: what cannot be written down is not done', async () => {
    audit.failure = new EngineUnavailable('postgres', 'run a statement', new Error('away'));
    expectProblem(await as(root, `PUT /admin/users/${idOf(alice)}/disabled`), 'unavailable');
    audit.failure = null;
    expect((await as(alice, 'GET /users/me')).status).toBe(200);
    expect((await as(root, `GET /admin/users/${idOf(alice)}`)).body.disabled_at).toBeNull();
  });

  it('takes no deed back whose outcome it cannot write, and shows the attempt', async () => {
    const operators = api.app.get(OperatorDirectory);
    const disable = operators.disable.bind(operators);
    operators.disable = async (...asked) => {
      audit.failure = new Error('away');
      return disable(...asked);
    };
    expect((await as(root, `PUT /admin/users/${idOf(alice)}/disabled`)).status).toBe(204);
    audit.failure = null;
    expect(audit.records).toMatchObject([{ object: idOf(alice), outcome: null }]);
    expectProblem(await as(alice, 'GET /users/me'), 'unauthorized');
  });
});
