import type { INestApplication, Type } from '@nestjs/common';
import { DocumentBuilder, SwaggerModule } from '@nestjs/swagger';

/** JSON Schema, as far as DTO classes need it: the same words in OpenAPI 3.1 (2020-12) and in AsyncAPI 3 (draft 7). */
export interface Schema {
  $ref?: string;
  type?: string | string[];
  format?: string;
  pattern?: string;
  description?: string;
  example?: unknown;
  examples?: unknown[];
  const?: unknown;
  enum?: readonly unknown[];
  minLength?: number;
  minimum?: number;
  items?: Schema;
  properties?: Record<string, Schema>;
  required?: string[];
  additionalProperties?: boolean | Schema;
  allOf?: Schema[];
  anyOf?: Schema[];
  oneOf?: Schema[];
}

export type Schemas = Record<string, Schema>;

const PREFIX = '#/components/schemas/';

/** No module of an application: what is made for it alone has no routes. */
class Nowhere {}

export function refTo(schema: Type): Schema {
  return { $ref: `${PREFIX}${schema.name}` };
}

/** The schemas of DTO classes by their names, with those that they refer to; from the same decorators as OpenAPI's. */
export function schemasOf(app: INestApplication, classes: readonly Type[]): Schemas {
  const settings = new DocumentBuilder().setOpenAPIVersion('3.1.0').build();
  const options = { include: [Nowhere], extraModels: [...classes] };
  return (SwaggerModule.createDocument(app, settings, options).components?.schemas ?? {}) as Schemas;
}

/** The schema itself, or the one that it refers to. Throws where there is none. */
export function resolved(schema: Schema, schemas: Schemas): Schema {
  if (schema.$ref === undefined) return schema;
  const target = schemas[schema.$ref.slice(PREFIX.length)];
  if (!target) throw new Error(`${schema.$ref} refers to nothing`);
  return resolved(target, schemas);
}
