import { Test } from '@nestjs/testing';
import type { NestExpressApplication } from '@nestjs/platform-express';
import type { OpenAPIObject, ResponseObject } from '@nestjs/swagger';
import { Validator } from '@seriousme/openapi-schema-validator';
import { Ajv2020 } from 'ajv/dist/2020.js';
import openapiTS, { astToString } from 'openapi-typescript';
import { beforeAll, describe, expect, it } from 'vitest';
import { ERRORS, type ErrorCode } from '@parley/contracts';
import { ApiModule } from '../api.module.js';
import { configureHttp } from './configure-http.js';
import { buildOpenApi } from './open-api.js';
import { operationsIn } from './open-api-operations.js';

/** Stands for every engine: the document is made of classes alone, and nothing is started. */
const inert: object = new Proxy({}, { get: (_target, name) => (name === 'then' ? undefined : () => () => undefined) });

interface Media {
  schema: object;
  example?: unknown;
  examples?: Record<string, { value: unknown }>;
}

let document: OpenAPIObject;
const responses = () => document.components?.responses as Record<string, ResponseObject>;

beforeAll(async () => {
  const module = await Test.createTestingModule({ imports: [ApiModule] })
    .useMocker(() => inert)
    .compile();
  const app = module.createNestApplication<NestExpressApplication>({ bodyParser: false });
  configureHttp(app);
  document = buildOpenApi(app);
});

/** Every place in the document that describes a body, with where it stands. */
function mediaIn(node: unknown, place = '#'): [string, Media][] {
  if (node === null || typeof node !== 'object') return [];
  const here = 'schema' in node && !('in' in node) && !/headers/.test(place) ? [[place, node] as [string, Media]] : [];
  return [...here, ...Object.entries(node).flatMap(([name, child]) => mediaIn(child, `${place}/${name}`))];
}

describe('The OpenAPI document', () => {
  it('is what docs/openapi.json says; `npm run openapi` writes it anew', async () => {
    await expect(`${JSON.stringify(document, null, 2)}\n`).toMatchFileSnapshot('../../../../docs/openapi.json');
  });

  it('gives the types of the client in apps/standalone/test, which `npm run openapi` writes too', async () => {
    const types = astToString(await openapiTS(JSON.stringify(document)));
    await expect(types).toMatchFileSnapshot('../../../standalone/test/generated/rest-api.d.ts');
  });

  it('is OpenAPI 3.1, as a validator sees it', async () => {
    const validator = new Validator();
    expect(await validator.validate(structuredClone(document) as never)).toEqual({ valid: true });
    expect(validator.version).toBe('3.1');
  });

  it('names for every operation its answer and every refusal that any route may meet', () => {
    for (const { path, operation } of operationsIn(document)) {
      expect(path).toMatch(/^\/api\/v1\//);
      const statuses = Object.keys(operation.responses);
      expect(statuses.some((status) => status.startsWith('2'))).toBe(true);
      expect(statuses).toEqual(expect.arrayContaining(['400', '413', '415', '500', '503']));
      expect(statuses.includes('401')).toBe(
        operation.security !== undefined || path.endsWith('refresh') || path.endsWith('login'),
      );
    }
  });

  it.each([
    ['post', '/api/v1/conversations/direct'],
    ['post', '/api/v1/conversations/{conversation_id}/messages'],
    ['put', '/api/v1/conversations/{conversation_id}/messages/{message_id}/reactions/{emoji}'],
    ['post', '/api/v1/groups'],
  ] as const)('says that a block may forbid it: %s %s', (method, path) => {
    expect(document.paths[path][method]?.responses).toHaveProperty('403');
  });

  it('shows a problem for every code of every refusal, with the headers that belong to it', () => {
    for (const [name, { content = {}, headers }] of Object.entries(responses())) {
      const { examples } = content['application/problem+json'] as Media;
      const codes = Object.keys(examples ?? {}) as ErrorCode[];
      expect(codes.join('_or_')).toBe(name);
      for (const code of codes) expect(examples?.[code].value).toMatchObject({ code, status: ERRORS[code].status });
      expect(Object.keys(headers ?? {})).toContain('X-Request-Id');
      expect(Object.hasOwn(headers ?? {}, 'WWW-Authenticate')).toBe(codes.some((code) => ERRORS[code].status === 401));
      expect(Object.hasOwn(headers ?? {}, 'Retry-After')).toBe(codes.some((code) => ERRORS[code].retryable));
    }
  });

  it('has an example of every body that is valid against its schema, as a client reads it', () => {
    const ajv = new Ajv2020({ strict: false, validateFormats: false, allErrors: true });
    ajv.addSchema(document, 'openapi');
    const bodies = mediaIn(document);
    expect(bodies.length).toBeGreaterThan(40);
    for (const [place, { schema, example, examples = {} }] of bodies) {
      const isValid = ajv.compile(JSON.parse(JSON.stringify(schema).replaceAll('"#/', '"openapi#/')) as object);
      const shown = [...(example === undefined ? [] : [example]), ...Object.values(examples).map(({ value }) => value)];
      expect([place, shown.length]).not.toEqual([place, 0]);
      for (const one of shown) expect([place, isValid(one), isValid.errors]).toEqual([place, true, null]);
    }
  });
});
