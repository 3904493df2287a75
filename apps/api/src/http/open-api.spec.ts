import { Test } from '@nestjs/testing';
import { expect, it } from 'vitest';
import { ApiModule } from '../api.module.js';
import { configureHttp } from './configure-http.js';
import { buildOpenApi } from './open-api.js';
import type { NestExpressApplication } from '@nestjs/platform-express';

/** Stands for every engine: the document is made of classes alone, and nothing is started. */
const inert: object = new Proxy({}, { get: (_target, name) => (name === 'then' ? undefined : () => () => undefined) });

async function documentOfTheApi() {
  const module = await Test.createTestingModule({ imports: [ApiModule] })
    .useMocker(() => inert)
    .compile();
  const app = module.createNestApplication<NestExpressApplication>({ bodyParser: false });
  configureHttp(app);
  return buildOpenApi(app);
}

it('is what docs/openapi.json says; `npm run openapi` writes it anew', async () => {
  const document = JSON.stringify(await documentOfTheApi(), null, 2);
  await expect(`${document}\n`).toMatchFileSnapshot('../../../../docs/openapi.json');
});

it.each([
  ['post', '/api/v1/conversations/direct'],
  ['post', '/api/v1/conversations/{conversation_id}/messages'],
  ['put', '/api/v1/conversations/{conversation_id}/messages/{message_id}/reactions/{emoji}'],
  ['post', '/api/v1/groups'],
] as const)('says that a block may forbid it: %s %s', async (method, path) => {
  const { paths } = await documentOfTheApi();
  expect(paths[path][method]?.responses).toHaveProperty('403');
});

it('names for every operation its answer, and for every refusal the problem', async () => {
  const { paths } = await documentOfTheApi();
  for (const [path, operations] of Object.entries(paths)) {
    expect(path).toMatch(/^\/api\/v1\//);
    for (const operation of Object.values(operations) as { responses: Record<string, { content?: object }> }[]) {
      const statuses = Object.keys(operation.responses);
      expect(statuses.some((status) => status.startsWith('2'))).toBe(true);
      expect(statuses).toContain('500');
      for (const status of statuses.filter((one) => !one.startsWith('2'))) {
        expect(operation.responses[status]?.content).toHaveProperty(['application/problem+json']);
      }
    }
  }
});
