import type { INestApplication, Type } from '@nestjs/common';
import { MODULE_METADATA } from '@nestjs/common/constants.js';
import { DocumentBuilder, SwaggerModule, type OpenAPIObject } from '@nestjs/swagger';
import { ProblemView } from '@parley/contracts';
import { ApiModule } from '../api.module.js';
import { HEADERS } from './open-api-refusals.js';
import { completeOperation, operationsIn, type Route } from './open-api-operations.js';

/** The OpenAPI 3.1 document of the API's routes in this application, from the same classes that check their input. */
export function buildOpenApi(app: INestApplication): OpenAPIObject {
  const settings = new DocumentBuilder()
    .setOpenAPIVersion('3.1.0')
    .setTitle('Parley')
    .setDescription(
      'Accounts, conversations and history of a chat. Messages travel over Socket.IO or through `POST`; the events of the ' +
        'sockets are described at [/asyncapi.json](/asyncapi.json).',
    )
    .setVersion('1')
    .setLicense('Apache-2.0', 'https://www.apache.org/licenses/LICENSE-2.0')
    .setExternalDoc('The AsyncAPI document of the socket face', '/asyncapi.json')
    .addBearerAuth({ type: 'http', scheme: 'bearer', bearerFormat: 'JWT', description: 'An access token.' })
    .build();
  const document = SwaggerModule.createDocument(app, settings, {
    include: [ApiModule],
    extraModels: [ProblemView],
    operationIdFactory: operationIdOf,
  });
  return completed(document);
}

/** Serves the document at `/openapi.json` and Swagger UI at `/docs`, both at the root and without a token. */
export function serveOpenApi(app: INestApplication): void {
  SwaggerModule.setup('docs', app, () => buildOpenApi(app), {
    jsonDocumentUrl: 'openapi.json',
    raw: ['json'],
    customSiteTitle: 'Parley API',
  });
}

/** What Nest's decorators do not say: every refusal, headers, examples. */
function completed(document: OpenAPIObject): OpenAPIObject {
  const routes = routesOf(ApiModule);
  document.components = { ...document.components, responses: {}, headers: { ...HEADERS } };
  for (const { path, operation } of operationsIn(document)) {
    const route = routes.get(operation.operationId ?? '');
    if (!route) throw new Error(`${operation.operationId} is the route of no controller`);
    completeOperation(operation, { ...route, path }, document.components);
  }
  return document;
}

function operationIdOf(controller: string, method: string): string {
  return `${controller.replace(/Controller$/, '')}_${method}`;
}

/** Where each operation comes from. */
function routesOf(module: Type): Map<string, Omit<Route, 'path'>> {
  const controllers = Reflect.getMetadata(MODULE_METADATA.CONTROLLERS, module) as Type[];
  const routes = controllers.flatMap((controller) =>
    Object.getOwnPropertyNames(controller.prototype).map(
      (method) => [operationIdOf(controller.name, method), { controller, method }] as const,
    ),
  );
  return new Map(routes);
}
