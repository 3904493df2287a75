import { randomUUID } from 'node:crypto';
import { ApiClient } from '@parley/harness';
import { newKey, type Scene } from './scenes.js';

/**
 * One action on one object: the answer to each role, `yes` or the HTTP status of the refusal (of its code, on a socket).
 * The last element is the body, the query of a GET, or the payload of an event, where it needs one.
 */
export type Row = [
  action: string,
  object: string,
  answers: string,
  payload?: (scene: Scene) => object | Promise<object>,
];

const content = { type: 'text', text: 'changed' };
const inGroup = ({ conversation_id }: Scene) => ({ conversation_id });
/** A login that nothing else uses. */
const login = ({ other: { user } }: Scene) => new ApiClient(user.api.url).login(user.handle, user.password);
/** A device that nobody but the caller has. */
const tablet = async ({ me }: Scene) => (await me?.user.api.call('PUT', '/devices/tablet'), {});
const pushToken = { provider: 'fcm', token: 'x' };
const target = ({ conversation_id, message_id }: Scene) => ({ ...newKey(), conversation_id, target_id: message_id });

/** Who may do what in a group, by role. A deleted group answers `404` to everything: the suite asks for each action. */
export const GROUP_ROLES = ['anonymous', 'stranger', 'ex-member', 'member', 'admin', 'owner'];
// prettier-ignore
export const GROUP: Row[] = [
  // action, object, and the answers to:                                                   anon str ex- mem adm own
  ['GET /groups/{group_id}', 'the group',                                                 '401 404 404 yes yes yes'],
  ['PATCH /groups/{group_id}', 'the group',                                               '401 404 404 403 yes yes', () => ({ title: 'New' })],
  ['DELETE /groups/{group_id}', 'the group',                                              '401 404 404 403 403 yes'],
  ['GET /groups/{group_id}/members', 'the group',                                         '401 404 404 yes yes yes'],
  ['PUT /groups/{group_id}/members/{user_id}', 'an outsider',                             '401 404 404 403 yes yes'],
  ['PUT /groups/{group_id}/members/{user_id}', 'nobody',                                  '401 404 404 403 404 404'],
  ['PUT /groups/{group_id}/members/{user_id}', 'an outsider',                             '401 404 404 403 403 yes', () => ({ role: 'admin' })],
  ['PUT /groups/{group_id}/members/{user_id}', 'a member',                                '401 404 404 403 403 yes', () => ({ role: 'admin' })],
  ['PUT /groups/{group_id}/members/{user_id}', 'a member',                                '401 404 404 403 403 yes', () => ({ role: 'owner' })],
  ['PUT /groups/{group_id}/members/{user_id}', 'an admin',                                '401 404 404 403 403 yes', () => ({ role: 'member' })],
  ['PUT /groups/{group_id}/members/{user_id}', 'the owner',                               '401 404 404 403 403 409', () => ({ role: 'member' })],
  ['PUT /groups/{group_id}/members/{user_id}', 'oneself',                                 '401 404 404 403 403 yes', () => ({ role: 'owner' })],
  ['DELETE /groups/{group_id}/members/{user_id}', 'a member',                             '401 404 404 403 yes yes'],
  ['DELETE /groups/{group_id}/members/{user_id}', 'an admin',                             '401 404 404 403 403 yes'],
  ['DELETE /groups/{group_id}/members/{user_id}', 'the owner',                            '401 404 404 403 403 409'],
  ['DELETE /groups/{group_id}/members/{user_id}', 'oneself',                              '401 404 404 yes yes 409'],
  ['DELETE /groups/{group_id}/members/{user_id}', 'an outsider',                          '401 404 404 403 404 404'],
  ['GET /conversations/{conversation_id}', 'the group',                                   '401 404 404 yes yes yes'],
  ['PUT /conversations/{conversation_id}/read', 'the group',                              '401 404 404 yes yes yes', () => ({ seq: 1 })],
  ['PUT /conversations/{conversation_id}/mute', 'the group',                              '401 404 404 yes yes yes', () => ({ muted: true })],
  ['GET /conversations/{conversation_id}/messages', 'the group',                          '401 404 yes yes yes yes'],
  ['GET /conversations/{conversation_id}/delivery-plan', 'the group',                     '401 404 404 yes yes yes'],
  ['POST /conversations/{conversation_id}/messages', 'the group',                         '401 404 404 yes yes yes', () => ({ content })],
  ['PATCH /conversations/{conversation_id}/messages/{message_id}', 'own message',         '401 404 404 yes yes yes', () => ({ content })],
  ['PATCH /conversations/{conversation_id}/messages/{message_id}', "another's message",   '401 404 404 403 403 403', () => ({ content })],
  ['DELETE /conversations/{conversation_id}/messages/{message_id}', 'own message',        '401 404 404 yes yes yes'],
  ['DELETE /conversations/{conversation_id}/messages/{message_id}', "another's message",  '401 404 404 403 yes yes'],
  ['PUT /conversations/{conversation_id}/messages/{message_id}/reactions/{emoji}', "another's message",    '401 404 404 yes yes yes'],
  ['DELETE /conversations/{conversation_id}/messages/{message_id}/reactions/{emoji}', "another's message", '401 404 404 yes yes yes'],
  ['message:send', 'the group',                                                           '401 404 404 yes yes yes', (it) => ({ ...newKey(), ...inGroup(it), content })],
  ['message:edit', 'own message',                                                         '401 404 404 yes yes yes', (it) => ({ ...target(it), content })],
  ['message:edit', "another's message",                                                   '401 404 404 403 403 403', (it) => ({ ...target(it), content })],
  ['message:delete', 'own message',                                                       '401 404 404 yes yes yes', target],
  ['message:delete', "another's message",                                                 '401 404 404 403 yes yes', target],
  ['message:react', "another's message",                                                  '401 404 404 yes yes yes', (it) => ({ ...target(it), emoji: '👍', op: 'add' })],
  ['receipt:read', 'the group',                                                           '401 404 404 yes yes yes', (it) => ({ ...inGroup(it), seq: 1 })],
  ['sync:pull', 'the group',                                                              '401 404 yes yes yes yes', (it) => ({ ...inGroup(it), after_seq: 0, limit: 10 })],
  ['typing', 'the group',                                                                 '401 404 404 yes yes yes', (it) => ({ ...inGroup(it), typing: true })],
  ['message:ack', 'what was sent to the session',                                         '401 400 yes yes yes yes', (it) => ({ positions: { [it.conversation_id]: 1 } })],
];

/** The same in a direct conversation of two others, of one's own, and while one of the two blocks the other. */
export const DIRECT_ROLES = ['anonymous', 'stranger', 'peer', 'blocking', 'blocked'];
// prettier-ignore
export const DIRECT: Row[] = [
  // action, object, and the answers to:                                                   anon str peer blocking blocked
  ['GET /conversations/{conversation_id}', 'the conversation',                            '401 404 yes yes yes'],
  ['PUT /conversations/{conversation_id}/read', 'the conversation',                       '401 404 yes yes yes', () => ({ seq: 1 })],
  ['PUT /conversations/{conversation_id}/mute', 'the conversation',                       '401 404 yes yes yes', () => ({ muted: false })],
  ['GET /conversations/{conversation_id}/messages', 'the conversation',                   '401 404 yes yes yes'],
  ['GET /conversations/{conversation_id}/delivery-plan', 'the conversation',              '401 404 yes yes yes'],
  ['POST /conversations/{conversation_id}/messages', 'the conversation',                  '401 404 yes 403 403', () => ({ content })],
  ['PATCH /conversations/{conversation_id}/messages/{message_id}', 'own message',         '401 404 yes 403 403', () => ({ content })],
  ['DELETE /conversations/{conversation_id}/messages/{message_id}', 'own message',        '401 404 yes 403 403'],
  ['PUT /conversations/{conversation_id}/messages/{message_id}/reactions/{emoji}', 'a message',    '401 404 yes 403 403'],
  ['DELETE /conversations/{conversation_id}/messages/{message_id}/reactions/{emoji}', 'a message', '401 404 yes 403 403'],
  ['message:send', 'the conversation',                                                    '401 404 yes 403 403', (it) => ({ ...newKey(), ...inGroup(it), content })],
  ['message:edit', 'own message',                                                         '401 404 yes 403 403', (it) => ({ ...target(it), content })],
  ['message:delete', 'own message',                                                       '401 404 yes 403 403', target],
  ['message:react', 'a message',                                                          '401 404 yes 403 403', (it) => ({ ...target(it), emoji: '👍', op: 'add' })],
  ['receipt:read', 'the conversation',                                                    '401 404 yes yes yes', (it) => ({ ...inGroup(it), seq: 1 })],
  ['sync:pull', 'the conversation',                                                       '401 404 yes yes yes', (it) => ({ ...inGroup(it), after_seq: 0, limit: 10 })],
  ['typing', 'the conversation',                                                          '401 404 yes yes yes', (it) => ({ ...inGroup(it), typing: true })],
  // A direct conversation is no group, whoever asks.
  ['GET /groups/{group_id}', 'the conversation',                                          '401 404 404 404 404'],
  ['PATCH /groups/{group_id}', 'the conversation',                                        '401 404 404 404 404', () => ({ title: 'New' })],
  ['DELETE /groups/{group_id}', 'the conversation',                                       '401 404 404 404 404'],
  ['GET /groups/{group_id}/members', 'the conversation',                                  '401 404 404 404 404'],
  ['PUT /groups/{group_id}/members/{user_id}', 'the conversation',                        '401 404 404 404 404'],
  ['DELETE /groups/{group_id}/members/{user_id}', 'the conversation',                     '401 404 404 404 404'],
];

/** What one may do about another user, by what is between the two. */
export const PAIR_ROLES = [
  'anonymous',
  'oneself',
  'peer',
  'without a common conversation',
  'blocking',
  'blocked',
  'nobody',
];
// prettier-ignore
export const PAIR: Row[] = [
  // action, object, and the answers about:                        anon self peer none blocking blocked nobody
  ['GET /users/{user_id}', 'a user',                              '401 yes yes yes yes yes 404'],
  ['GET /users/{user_id}/presence', 'a user',                     '401 yes yes 403 403 403 403'],
  ['presence:watch', 'a user',                                    '401 yes yes yes yes yes yes', ({ user_id }) => ({ user_ids: [user_id] })],
  ['presence:unwatch', 'a user',                                  '401 yes yes yes yes yes yes', ({ user_id }) => ({ user_ids: [user_id] })],
  ['PUT /blocks/{user_id}', 'a user',                             '401 400 yes yes yes yes 404'],
  ['DELETE /blocks/{user_id}', 'a user',                          '401 400 yes yes yes yes 404'],
  ['POST /conversations/direct', 'a user',                        '401 400 yes yes 403 403 404', ({ user_id }) => ({ user_id })],
  ['POST /groups', 'a user as its member',                        '401 yes yes yes 403 403 404', ({ user_id }) => ({ title: 'New', member_ids: [user_id] })],
];

/** What concerns nobody but who asks: with a token and without. */
export const OWN_ROLES = ['anonymous', 'peer'];
// prettier-ignore
export const OWN: Row[] = [
  // action, object, and the answers:                             without and with a token
  ['POST /auth/register', 'a new account',                        'yes yes', () => ({ handle: `new_${randomUUID().slice(0, 8)}`, password: randomUUID() })],
  ['POST /auth/login', 'an account',                              'yes yes', ({ other: { user } }) => ({ handle: user.handle, password: user.password })],
  ['POST /auth/login', 'an account, with a wrong password',       '401 401', ({ other: { user } }) => ({ handle: user.handle, password: randomUUID() })],
  ['POST /auth/refresh', 'a login',                               'yes yes', async (it) => ({ refresh_token: (await login(it)).refresh_token })],
  ['POST /auth/refresh', 'no login',                              '401 401', () => ({ refresh_token: randomUUID() })],
  ['POST /auth/logout', 'a login',                                'yes yes', async (it) => ({ refresh_token: (await login(it)).refresh_token })],
  ['GET /users/me', 'oneself',                                    '401 yes'],
  ['PATCH /users/me', 'oneself',                                  '401 yes', () => ({ display_name: 'Me' })],
  ['GET /users', 'a handle',                                      '401 yes', ({ other: { user } }) => ({ handle: user.handle })],
  ['GET /blocks', 'the own list',                                 '401 yes'],
  ['GET /devices', 'the own list',                                '401 yes'],
  ['PUT /devices/{device_id}', 'a device',                        '401 yes', () => ({ name: 'Mine' })],
  ['PUT /devices/{device_id}/push-token', 'an own device',        '401 yes', async (it) => ({ ...(await tablet(it)), ...pushToken })],
  ['PUT /devices/{device_id}/push-token', 'no own device',        '401 404', () => pushToken],
  ['DELETE /devices/{device_id}/push-token', 'an own device',     '401 yes', tablet],
  ['DELETE /devices/{device_id}/push-token', 'no own device',     '401 404'],
  ['DELETE /devices/{device_id}', 'an own device',                '401 yes', tablet],
  ['DELETE /devices/{device_id}', 'no own device',                '401 404'],
  ['GET /conversations', 'the own inbox',                         '401 yes'],
  // What operators may: apps/api/test/operators.spec.ts. Nobody else learns whether the object is there.
  ['GET /admin/users', 'a handle',                                '401 403', ({ other: { user } }) => ({ handle: user.handle })],
  ['GET /admin/users/{user_id}', 'a user',                        '401 403'],
  ['PUT /admin/users/{user_id}/disabled', 'a user',               '401 403'],
  ['DELETE /admin/users/{user_id}/disabled', 'a user',            '401 403'],
  ['PUT /admin/operators/{user_id}', 'a user',                    '401 403'],
  ['DELETE /admin/operators/{user_id}', 'a user',                 '401 403'],
  ['GET /admin/conversations/{conversation_id}', 'a conversation', '401 403'],
  ['GET /admin/lag', 'the fleet',                                 '401 403'],
  ['GET /admin/audit', 'the audit',                               '401 403'],
  ['presence:set', 'the own session',                             '401 yes', () => ({ status: 'away' })],
  ['auth:refresh', 'the own session, with a token of the user',   '401 yes', ({ me }) => ({ token: me?.user.api.accessToken ?? '' })],
  ['auth:refresh', "the own session, with another's token",       '401 401', async (it) => ({ token: (await login(it)).access_token })],
];

/** What stands at the root of the public port, for everybody and without a token; `404`: is on the internal port only. */
// prettier-ignore
export const PUBLIC: [path: string, status: number][] = [
  ['/health/live', 200],
  ['/health/ready', 200],
  ['/openapi.json', 200],
  ['/docs', 200],
  ['/.well-known/jwks.json', 200],
  ['/metrics', 404],
  ['/health', 404],
];
