export { buildAsyncApi } from './async-api/build-async-api.js';
export type { AsyncApiDocument } from './async-api/async-api-document.js';
export { exampleOf } from './example-of.js';
export type { Schema, Schemas } from './schema.js';
export { serveAsyncApi } from './serve-async-api.js';
