import {
  ERRORS,
  HandshakeAuth,
  HandshakeRefusal,
  problemOf,
  ProblemView,
  rejected,
  type ErrorCode,
} from '@parley/contracts';
import { exampleOf } from '../example-of.js';
import { refTo, type Schema, type Schemas } from '../schema.js';
import { channelRef, messageRef, type Message, type Part } from './async-api-document.js';

const CONNECTION = 'connection';
const REQUEST_ID = '5b0a7f0e-9d3c-4c52-8c1e-2f6d1a4b7c90';
const NOT_NOW: readonly ErrorCode[] = ['draining', 'over_capacity'];
const NEVER: readonly ErrorCode[] = [
  'unauthorized',
  'token_expired',
  'unsupported_protocol',
  'validation_failed',
  'device_limit',
];

/** How a session begins: the upgrade, and Socket.IO's CONNECT packet with its answers. */
export function connection(schemas: Schemas): Part {
  return {
    channels: {
      [CONNECTION]: {
        address: '/socket.io/',
        title: 'Connecting',
        description:
          'A WebSocket, and on it the CONNECT packet of the namespace `/`; other namespaces are refused. One session per ' +
          'connection, and one per device: a newer connection of a device replaces the older.',
        messages: { connect: connect(schemas), connected, connect_error: connectError, ...notUpgraded() },
        bindings: { ws: { method: 'GET', query: UPGRADE, bindingVersion: '0.1.0' } },
      },
    },
    operations: {
      receive_connect: {
        action: 'receive',
        channel: channelRef(CONNECTION),
        summary: 'Open a session',
        description:
          'Checked in this order: token, protocol, device_id. After `connected` come `session:ready`, `message:batch` for ' +
          'what the device lacks, `sync:done`.',
        messages: [messageRef(CONNECTION, 'connect')],
        reply: {
          channel: channelRef(CONNECTION),
          messages: ['connected', 'connect_error', ...Object.keys(notUpgraded())].map((message) =>
            messageRef(CONNECTION, message),
          ),
        },
      },
    },
  };
}

const UPGRADE: Schema = {
  type: 'object',
  required: ['EIO', 'transport'],
  properties: {
    EIO: { type: 'string', enum: ['4'], description: 'The version of Engine.IO.' },
    transport: { type: 'string', enum: ['websocket'] },
  },
};

function connect(schemas: Schemas): Message {
  const payload = refTo(HandshakeAuth);
  return {
    name: 'CONNECT',
    title: 'The handshake',
    summary: 'What client libraries take as the option `auth`',
    payload,
    examples: [{ payload: exampleOf(payload, schemas) }],
  };
}

const connected: Message = {
  name: 'CONNECT answered',
  summary: 'The socket is open; client libraries report `connect`',
  payload: { type: 'object', required: ['sid'], properties: { sid: { type: 'string' } } },
  examples: [{ payload: { sid: 'wV5pKxUeTQ2yGJ3MAAAB' } }],
};

const connectError: Message = {
  name: 'CONNECT_ERROR',
  summary: 'Refused for good: mend the cause, then connect again; client libraries report `connect_error`',
  payload: {
    type: 'object',
    required: ['message', 'data'],
    properties: {
      message: { type: 'string', enum: NEVER, description: 'The code.' },
      data: { allOf: [refTo(HandshakeRefusal)], properties: { code: { type: 'string', enum: NEVER } } },
    },
  },
  examples: NEVER.map((code) => ({
    name: code,
    payload: { message: code, data: { code, message: ERRORS[code].title, retryable: false } },
  })),
};

/** Answers over HTTP in place of the upgrade. */
function notUpgraded(): Record<string, Message> {
  return {
    not_now: {
      name: 'HTTP 503',
      summary: 'An upgrade that is refused for now, with `Retry-After`: client libraries come back by themselves',
      ...problemOfOne(NOT_NOW),
    },
    foreign: {
      name: 'HTTP 403',
      summary: 'An upgrade for a page of an origin that is not allowed here; only browsers send one',
      ...problemOfOne(['forbidden']),
    },
  };
}

function problemOfOne(codes: readonly ErrorCode[]): Pick<Message, 'payload' | 'examples'> {
  return {
    payload: { allOf: [refTo(ProblemView)], properties: { code: { type: 'string', enum: codes } } },
    examples: codes.map((code) => ({ name: code, payload: problemOf(rejected(code), REQUEST_ID) })),
  };
}
