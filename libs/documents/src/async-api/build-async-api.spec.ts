import { Parser } from '@asyncapi/parser';
import { Test } from '@nestjs/testing';
import { Ajv } from 'ajv';
import { beforeAll, describe, expect, it } from 'vitest';
import { CLIENT_EVENTS, SERVER_EVENTS } from '@parley/contracts';
import type { AsyncApiDocument, Message } from './async-api-document.js';
import { buildAsyncApi } from './build-async-api.js';

let document: AsyncApiDocument;

beforeAll(async () => {
  const module = await Test.createTestingModule({}).compile();
  document = buildAsyncApi(module.createNestApplication());
});

/** The events of all operations of one kind, by the addresses of their channels; without the handshake. */
function addressesOf(action: 'receive' | 'send'): (string | null)[] {
  return Object.values(document.operations)
    .filter((operation) => operation.action === action && operation.channel.$ref !== '#/channels/connection')
    .map(({ channel }) => document.channels[channel.$ref.replace('#/channels/', '')].address);
}

const messages = (): [string, Message][] =>
  Object.entries(document.channels).flatMap(([id, channel]) =>
    Object.entries(channel.messages).map(([name, message]): [string, Message] => [`${id}.${name}`, message]),
  );

describe('The AsyncAPI document', () => {
  it('is what docs/asyncapi.json says; `npm run asyncapi` writes it anew', async () => {
    const text = `${JSON.stringify(document, null, 2)}\n`;
    await expect(text).toMatchFileSnapshot('../../../../docs/asyncapi.json');
  });

  it('is AsyncAPI 3, as its parser and validator see it', async () => {
    const { document: parsed, diagnostics } = await new Parser().parse(JSON.stringify(document));
    // 3.0 is what tools read today.
    expect(diagnostics.filter(({ code }) => code !== 'asyncapi-latest-version')).toEqual([]);
    expect(parsed?.operations().all()).toHaveLength(Object.keys(document.operations).length);
  });

  it('receives what clients may send and sends what the server emits', () => {
    expect(addressesOf('receive')).toEqual(Object.keys(CLIENT_EVENTS));
    expect(addressesOf('send')).toEqual(Object.keys(SERVER_EVENTS));
  });

  it('replies to every event that it receives', () => {
    const received = Object.values(document.operations).filter(({ action }) => action === 'receive');
    for (const { reply } of received) expect(reply?.messages.length).toBeGreaterThanOrEqual(2);
  });

  it('has an example for every message, each valid against its schema', () => {
    const ajv = new Ajv({ strict: false, validateFormats: false, allErrors: true });
    ajv.addSchema(document, 'asyncapi');
    for (const [name, { payload, examples }] of messages()) {
      expect([name, examples.length]).not.toEqual([name, 0]);
      const pointed = JSON.parse(JSON.stringify(payload).replaceAll('"#/', '"asyncapi#/')) as object;
      const isValid = ajv.compile(pointed);
      for (const { payload: example } of examples)
        expect([name, isValid(example), isValid.errors]).toEqual([name, true, null]);
    }
  });
});
