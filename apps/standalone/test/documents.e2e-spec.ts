import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import createClient from 'openapi-fetch';
import { describe, expect, it } from 'vitest';
import type { paths } from './generated/rest-api.js';
import { serverUnderTest } from './server-under-test.js';

const server = serverUnderTest();

const published = (name: string): unknown =>
  JSON.parse(readFileSync(new URL(`../../../docs/${name}`, import.meta.url), 'utf8'));

describe('The documents of a server', () => {
  it.each(['openapi.json', 'asyncapi.json'])(
    '%s is served at the root, without a token, as it is published',
    async (name) => {
      const response = await fetch(`${server.url}/${name}`);
      expect([response.status, response.headers.get('content-type')]).toEqual([
        200,
        expect.stringContaining('application/json'),
      ]);
      expect(await response.json()).toEqual(published(name));
    },
  );

  it('have a page for people, which leads to both', async () => {
    const page = await fetch(`${server.url}/docs`);
    expect([page.status, page.headers.get('content-type')]).toEqual([200, expect.stringContaining('text/html')]);
    const script = await (await fetch(`${server.url}/docs/swagger-ui-init.js`)).text();
    expect(script).toContain('/asyncapi.json');
  });
});

describe('A client that is generated from the OpenAPI document', () => {
  const client = () => createClient<paths>({ baseUrl: server.url });

  async function signedIn(name: string) {
    const body = { handle: `${name}_${Date.now()}`, password: 'correct horse' };
    const { data } = await client().POST('/api/v1/auth/register', { body });
    if (!data) throw new Error(`${name} is not registered`);
    const headers = { authorization: `Bearer ${data.access_token}` };
    return { user: data.user, handle: body.handle, api: createClient<paths>({ baseUrl: server.url, headers }) };
  }

  it('creates a group, sends, and pages through the history', async () => {
    const [{ api }, bob] = [await signedIn('alice'), await signedIn('bob')];
    const created = await api.POST('/api/v1/groups', { body: { title: 'Trip', member_ids: [bob.user.user_id] } });
    const conversation_id = created.data?.conversation_id ?? '';
    expect(created.data?.members.map(({ role }) => role)).toEqual(['owner', 'member']);
    for (const text of ['one', 'two', 'three']) {
      const header = { 'Idempotency-Key': randomUUID() };
      const sent = await api.POST('/api/v1/conversations/{conversation_id}/messages', {
        params: { path: { conversation_id }, header },
        body: { content: { type: 'text', text } },
      });
      expect(sent.response.status).toBe(201);
    }
    const seqs: number[] = [];
    let before: string | undefined;
    do {
      const { data } = await bob.api.GET('/api/v1/conversations/{conversation_id}/messages', {
        params: { path: { conversation_id }, query: { limit: 2, before } },
      });
      seqs.push(...(data?.items ?? []).map(({ seq }) => seq));
      before = data?.before ?? undefined;
    } while (before !== undefined);
    expect(seqs).toEqual([4, 3, 2, 1]);
  });

  it('reads from an error which one it is', async () => {
    const { handle, api } = await signedIn('carol');
    const taken = await client().POST('/api/v1/auth/register', { body: { handle, password: 'correct horse' } });
    expect([taken.response.status, taken.error?.code]).toEqual([409, 'handle_taken']);
    const nowhere = await api.GET('/api/v1/groups/{group_id}', { params: { path: { group_id: '4711' } } });
    expect(nowhere.error).toMatchObject({ status: 404, code: 'not_found', request_id: expect.any(String) });
    expect((await client().GET('/api/v1/users/me')).error?.code).toBe('unauthorized');
  });
});
