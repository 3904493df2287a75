import type { INestApplication } from '@nestjs/common';
import {
  CLIENT_EVENTS,
  ErrorView,
  HandshakeAuth,
  HandshakeRefusal,
  ProblemView,
  SERVER_EVENTS,
} from '@parley/contracts';
import { schemasOf, type Schema, type Schemas } from '../schema.js';
import type { AsyncApiDocument, Part } from './async-api-document.js';
import { clientEvents } from './client-events.js';
import { connection } from './connection.js';
import { serverEvents } from './server-events.js';

const CLASSES = [
  HandshakeAuth,
  HandshakeRefusal,
  ProblemView,
  ErrorView,
  ...Object.values(CLIENT_EVENTS).flatMap(({ payload, answer }) => [payload, answer]),
  ...Object.values(SERVER_EVENTS).map(({ payload }) => payload),
];

const ABOUT = `Messages over Socket.IO: any client library of version 4, in any language. Accounts, groups and history are \
REST (\`/openapi.json\`).

A channel is an event: its address is the event's name, a message is the one JSON object that the event carries. Operations \
are the server's: it receives what clients emit and sends what they listen to. A reply is the acknowledgement of the event. \
AsyncAPI has no binding for Socket.IO; on the wire an event is an EVENT packet, a reply an ACK packet of Socket.IO protocol 5 \
on Engine.IO 4, which client libraries take care of.

Clients ignore events and fields that they don't know. An event that the server does not know is refused with \
\`unknown_event\`, a payload with an unknown field with \`validation_failed\`.`;

/** The AsyncAPI 3 document of the socket face, from the table of events and the classes that check their input. */
export function buildAsyncApi(app: INestApplication): AsyncApiDocument {
  const schemas = schemasOf(app, CLASSES);
  const parts = [connection(schemas), clientEvents(schemas), serverEvents(schemas)];
  return {
    asyncapi: '3.0.0',
    info: {
      title: 'Parley',
      version: '1',
      description: ABOUT,
      license: { name: 'Apache-2.0', url: 'https://www.apache.org/licenses/LICENSE-2.0' },
    },
    defaultContentType: 'application/json',
    servers: {
      parley: {
        host: 'localhost:3000',
        pathname: '/socket.io/',
        protocol: 'ws',
        description: 'Where `npm start` serves it; `wss` behind a proxy that ends TLS. Namespace `/`.',
      },
    },
    channels: channelsOf(parts),
    operations: Object.assign({}, ...parts.map(({ operations }) => operations)) as AsyncApiDocument['operations'],
    components: { schemas: inDraft7(schemas) },
  };
}

/** An event that travels both ways is one channel with the messages of both. */
function channelsOf(parts: readonly Part[]): AsyncApiDocument['channels'] {
  const channels: AsyncApiDocument['channels'] = {};
  for (const [id, channel] of parts.flatMap((part) => Object.entries(part.channels))) {
    channels[id] = { ...channel, messages: { ...channels[id]?.messages, ...channel.messages } };
  }
  return channels;
}

/** `example` is OpenAPI's word; AsyncAPI has JSON Schema's `examples`. */
function inDraft7(schemas: Schemas): Schemas {
  const convert = ({ example, properties, ...schema }: Schema): Schema => ({
    ...schema,
    ...(example !== undefined && { examples: [example] }),
    ...(properties && { properties: inDraft7(properties) }),
  });
  return Object.fromEntries(Object.entries(schemas).map(([name, schema]) => [name, convert(schema)]));
}
