import type { Type } from '@nestjs/common';
import type {
  OpenAPIObject,
  OperationObject,
  ParameterObject,
  RequestBodyObject,
  ResponseObject,
} from '@nestjs/swagger';
import { DEVICE_ID, ERRORS, ID, type ErrorCode } from '@parley/contracts';
import { exampleOf, type Schema, type Schemas } from '@parley/documents';
import { headerRef, refusalName, refusalResponse } from './open-api-refusals.js';
import { refusalsOf } from './refuses.js';

type Components = NonNullable<OpenAPIObject['components']>;
type Content = NonNullable<ResponseObject['content']>;

/** Where an operation comes from: the method of a controller, under a path with {parameters}. */
export interface Route {
  controller: Type;
  method: string;
  path: string;
}

const ID_IN_PATH = /\{\w+_id\}/;

export function operationsIn({ paths }: OpenAPIObject): { path: string; operation: OperationObject }[] {
  return Object.entries(paths).flatMap(([path, item]) =>
    Object.values(item as Record<string, OperationObject>).map((operation) => ({ path, operation })),
  );
}

/** Adds to an operation what follows from its route and its schemas: refusals, headers, examples. */
export function completeOperation(operation: OperationObject, route: Route, components: Components): void {
  const schemas = (components.schemas ?? {}) as Schemas;
  for (const parameter of (operation.parameters ?? []) as ParameterObject[]) describeId(parameter);
  addExamples((operation.requestBody as RequestBodyObject | undefined)?.content, schemas);
  for (const response of Object.values(operation.responses) as ResponseObject[]) {
    response.description ||= `${operation.summary ?? ''}.`;
    response.headers = { 'X-Request-Id': headerRef('X-Request-Id') };
    addExamples(response.content, schemas);
  }
  const hasIdInPath = ID_IN_PATH.test(route.path);
  const codes = refusalsOf(route.controller, route.method, {
    needsToken: operation.security !== undefined,
    hasIdInPath,
  });
  addRefusals(operation, codes, components);
}

/** A malformed one names nothing, and is answered so; who generates requests knows what is well-formed. */
function describeId(parameter: ParameterObject): void {
  if (parameter.in !== 'path' || !ID_IN_PATH.test(`{${parameter.name}}`)) return;
  const isDevice = parameter.name === 'device_id';
  parameter.schema = { type: 'string', pattern: isDevice ? DEVICE_ID.source : ID.source };
  parameter.example = isDevice ? 'laptop' : '7234982347239424';
}

function addExamples(content: Content | undefined, schemas: Schemas): void {
  for (const media of Object.values(content ?? {})) {
    if (media.schema) media.example = exampleOf(media.schema as Schema, schemas);
  }
}

/** One response per status; the same ones of many routes are one component. */
function addRefusals(operation: OperationObject, codes: readonly ErrorCode[], components: Components): void {
  for (const status of new Set(codes.map((code) => ERRORS[code].status))) {
    const ofStatus = codes.filter((code) => ERRORS[code].status === status);
    const name = refusalName(ofStatus);
    components.responses ??= {};
    components.responses[name] ??= refusalResponse(ofStatus);
    operation.responses[status] = { $ref: `#/components/responses/${name}` };
  }
}
